/** The security companies as the server lists them. */
import { useQuery } from "@tanstack/react-query";
import type { GuardCompanyView } from "../../../api/contract/guards.ts";
import { read } from "../../http/client.ts";

export const useCompanies = () =>
  useQuery({ queryKey: ["guardCompanies"], queryFn: () => read<{ readonly rows: readonly GuardCompanyView[] }>("/guards/companies"), staleTime: 30_000 });

export function useCompanyName(): (company: string) => string {
  const companies = useCompanies();
  return (id) => companies.data?.rows.find((each) => each.company === id)?.name ?? id;
}
