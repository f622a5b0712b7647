/** What a lost ticket costs here, read from the recorded configuration of the car park. */
import { useQuery } from "@tanstack/react-query";
import { read } from "../../http/client.ts";

/** The configuration is served as it stands in the journal; only this one figure of it is read here. */
export function lostTicketFeeOf(answer: unknown): number | null {
  if (typeof answer !== "object" || answer === null || !("config" in answer)) return null;
  const { config } = answer;
  if (typeof config !== "object" || config === null || !("policy" in config)) return null;
  const { policy } = config;
  if (typeof policy !== "object" || policy === null || !("lostTicketFeeMinor" in policy)) return null;
  return typeof policy.lostTicketFeeMinor === "number" ? policy.lostTicketFeeMinor : null;
}

export function useLostTicketFee(facility: string): number | null {
  const config = useQuery({ queryKey: ["config", facility], queryFn: () => read<unknown>(`/facilities/${facility}/config`), staleTime: 60_000 });
  return lostTicketFeeOf(config.data);
}
