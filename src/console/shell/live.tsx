/**
 * The one live stream of the console. Snapshots go straight into the query cache, so a page reads the same
 * data whether it was pushed or asked for; every page also asks again every few seconds, so a status is
 * never older than 10 s without its age being shown.
 */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { DemoClock } from "../../api/contract/demo.ts";
import type { FacilityView, Overview } from "../../api/contract/live.ts";
import { WATCHERS } from "../../api/contract/access.ts";
import { API, read } from "../http/client.ts";
import { type Line, subscribe } from "../http/sse.ts";
import { allowed, useMe } from "./session.ts";

/** Asked again this often even while the stream is silent. */
export const POLL_MS = 5_000;
/** Older than this is shown as stale (seed 002: status every 10 seconds). */
export const STALE_MS = 10_000;

type Live = { readonly line: Line; readonly speed: number };
const LiveContext = createContext<Live>({ line: "connecting", speed: 1 });
export const useLine = (): Live => useContext(LiveContext);

export const overviewKey = ["overview"] as const;
export const facilityKey = (facility: string) => ["facility", facility] as const;

type LiveProps = { readonly facility: string | null; readonly demo: boolean; readonly enabled: boolean; readonly children: ReactNode };

export function LiveProvider({ facility, demo, enabled, children }: LiveProps) {
  const queries = useQueryClient();
  const [line, setLine] = useState<Line>("connecting");
  const clock = useQuery({ queryKey: ["clock"], queryFn: () => read<DemoClock>("/demo/clock"), enabled: demo, staleTime: Infinity });
  useEffect(() => {
    if (!enabled) return;
    const search = facility === null ? "" : `?facility=${encodeURIComponent(facility)}`;
    return subscribe({
      url: `${API}/events${search}`,
      onLine: setLine,
      onEvent: ({ type, data }) => {
        if (type === "facility") {
          const view = JSON.parse(data) as FacilityView;
          queries.setQueryData(facilityKey(view.id), view);
        } else if (type === "overview") queries.setQueryData(overviewKey, JSON.parse(data) as Overview);
        else if (type === "clock") queries.setQueryData(["clock"], JSON.parse(data) as DemoClock);
        else if (type === "logbook") void queries.invalidateQueries({ queryKey: ["logbook"] });
        else if (type === "resync") void queries.invalidateQueries();
      },
    });
  }, [facility, enabled, queries]);
  const speed = clock.data === undefined || clock.data.paused ? 1 : Math.max(1, clock.data.speed);
  const live = useMemo(() => ({ line, speed }), [line, speed]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Not asked for by those who may not see it (security companies). */
export function useOverview() {
  const enabled = allowed(useMe().data, WATCHERS);
  return useQuery({ queryKey: overviewKey, queryFn: () => read<Overview>("/facilities"), refetchInterval: POLL_MS, enabled });
}

export const useFacility = (facility: string) =>
  useQuery({
    queryKey: facilityKey(facility),
    queryFn: () => read<FacilityView>(`/facilities/${facility}/live`),
    refetchInterval: POLL_MS,
  });

const ticks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function onTick(tick: () => void): () => void {
  ticks.add(tick);
  timer ??= setInterval(() => ticks.forEach((each) => each()), 1_000);
  return () => {
    ticks.delete(tick);
    if (ticks.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** The browser's clock, once a second for all who show an age. */
export const useSecond = (): number => useSyncExternalStore(onTick, () => Math.floor(Date.now() / 1_000) * 1_000);

/** How old a status is for the person looking: age when it was sent (in real time) plus the time since. */
export function useAge(sentAt: number, receivedAt: number): (seenAt: number) => number {
  const now = useSecond();
  const { speed } = useLine();
  return (seenAt) => Math.max(0, (sentAt - seenAt) / speed) + Math.max(0, now - receivedAt);
}

/** The car park's clock now, in the demo with its speed. */
export function useCarParkNow(sentAt: number, receivedAt: number): number {
  const now = useSecond();
  const { speed } = useLine();
  return sentAt + Math.max(0, now - receivedAt) * speed;
}
