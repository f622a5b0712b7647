/**
 * A stream of snapshots. The browser reconnects by itself and names the last id it saw; when it gives up (the
 * server answered with an error), we try again. A stream that is silent for too long counts as lost.
 */
import { useEffect, useState } from "react";

export type Line = "connecting" | "open" | "lost";

/** Heartbeats come every 15 s; two missed ones are a dead line. */
const SILENT_MS_MAX = 32_000;
const RETRY_MS = 2_000;

/** `url: null`: nothing to listen to yet. The callback gets each event's data, parsed. */
export function useStream<T>(url: string | null, event: string, receive: (data: T) => void): Line {
  const [line, setLine] = useState<Line>("connecting");
  useEffect(() => {
    if (url === null) return;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(reopen, SILENT_MS_MAX);
    };
    const open = () => {
      source = new EventSource(url);
      source.addEventListener("open", () => { setLine("open"); watch(); });
      source.addEventListener(event, (message) => {
        watch();
        setLine("open");
        receive(JSON.parse((message as MessageEvent<string>).data) as T);
      });
      source.addEventListener("error", () => {
        setLine("lost");
        if (source?.readyState !== EventSource.CLOSED) return;
        clearTimeout(timer);
        timer = setTimeout(reopen, RETRY_MS);
      });
    };
    const reopen = () => {
      source?.close();
      setLine("lost");
      open();
      watch();
    };
    setLine("connecting");
    open();
    return () => { clearTimeout(timer); source?.close(); };
  }, [url, event, receive]);
  return line;
}
