/** Who is signed in, and what their roles let them see. The server decides; the console only leaves out what it would refuse. */
import { useQuery } from "@tanstack/react-query";
import type { Me, Role } from "../../api/contract/login.ts";
import { Failure, read } from "../http/client.ts";

export const meKey = ["me"] as const;

export const useMe = () =>
  useQuery({
    queryKey: meKey,
    queryFn: () => read<Me>("/me"),
    staleTime: 60_000,
    retry: (count, error) => !(error instanceof Failure && error.problem.status === 401) && count < 3,
  });

export const allowed = (me: Me | undefined, roles: readonly Role[]): boolean =>
  me !== undefined && me.roles.some((role) => roles.includes(role));
