/** The demo's clock as this page knows it: asked for now and then, since others may change it too. */
import { useCallback, useEffect, useState } from "react";
import type { DemoClock } from "../../api/contract/demo.ts";
import { api } from "../shared/api.ts";

/** As in the contract; repeated here so that the page does not carry the contract's schemas. */
export const SPEED_MAX = 600;
const ASK_EVERY_MS = 5_000;

export function useClock(onFailed: (failure: unknown) => void) {
  const [clock, setClock] = useState<DemoClock | null>(null);
  useEffect(() => {
    let stopped = false;
    const ask = () => api.clock().then((now) => { if (!stopped) setClock(now); }, () => undefined);
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => { stopped = true; clearInterval(timer); };
  }, []);
  const change = useCallback((asked: { speed?: number; paused?: boolean }) => {
    setClock((now) => now && { ...now, ...asked });
    api.setClock(asked).then(setClock, onFailed);
  }, [onFailed]);
  const setTraffic = useCallback((level: number) => {
    setClock((now) => now && { ...now, traffic: level });
    api.setTraffic(level).then(setClock, onFailed);
  }, [onFailed]);
  return { clock, change, setTraffic };
}
