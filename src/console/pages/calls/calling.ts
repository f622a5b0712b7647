/** All calls of the city: which car parks ring comes with the overview, the calls themselves with each car park's view. */
import { useQueries } from "@tanstack/react-query";
import type { CallView, FacilityView } from "../../../api/contract/live.ts";
import { read } from "../../http/client.ts";
import { POLL_MS, facilityKey, useOverview } from "../../shell/live.tsx";

export type Calling = { readonly id: string; readonly call: CallView; readonly view: FacilityView; readonly receivedAt: number };

export function useCalls() {
  const overview = useOverview();
  const ringing = (overview.data?.facilities ?? []).filter((facility) => facility.openCalls > 0);
  const views = useQueries({
    queries: ringing.map(({ id }) => ({ queryKey: facilityKey(id), queryFn: () => read<FacilityView>(`/facilities/${id}/live`), refetchInterval: POLL_MS })),
  });
  const calls = views.flatMap(({ data, dataUpdatedAt }): Calling[] =>
    data === undefined ? [] : data.calls.map((call) => ({ id: `${data.id}-${call.call}`, call, view: data, receivedAt: dataUpdatedAt })));
  return { overview, calls: inOrder(calls) };
}

/** Nobody has answered: first. Then who has waited longest. */
export const inOrder = (calls: readonly Calling[]): readonly Calling[] =>
  calls.toSorted((a, b) => Number(a.call.answeredBy !== null) - Number(b.call.answeredBy !== null) || a.call.ringingSince - b.call.ringingSince);
