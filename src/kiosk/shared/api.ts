/** Requests of the public pages: same origin, no login, a named limit on waiting. */
import type { DemoActionAnswer, DemoClock } from "../../api/contract/demo.ts";
import type { PlateChoices } from "../../api/contract/devices.ts";
import type { PublicOverview, PublicView } from "../../api/contract/live.ts";
import type { CityAction } from "../../simulator/world/action.ts";

const API = "/api/v1";
/** Longer than the server's own limit of 10 s, so that its answer arrives before we give up. */
const ANSWER_MS_MAX = 12_000;

export class RequestFailed extends Error {
  constructor(readonly status: number, readonly detail: string) {
    super(detail);
  }
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(API + path, { ...init, signal: AbortSignal.timeout(ANSWER_MS_MAX) })
    .catch(() => { throw new RequestFailed(0, ""); });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const detail = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : "";
  throw new RequestFailed(response.status, detail);
}

const read = <T>(path: string) => send<T>(path, { method: "GET" });
/** `token`: of the machine this is the screen of. */
const act = <T>(path: string, body: unknown, token: string | null = null) => send<T>(path, {
  method: "POST",
  headers: { "content-type": "application/json", "idempotency-key": newKey(), ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  body: JSON.stringify(body),
});

/** Works on plain HTTP too, where `randomUUID` does not exist. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const api = {
  city: () => read<PublicOverview>("/public/facilities"),
  facility: (id: string) => read<PublicView>(`/public/facilities/${encodeURIComponent(id)}/live`),
  facilityEvents: (id: string) => `${API}/public/facilities/${encodeURIComponent(id)}/events`,
  worldEvents: (id: string) => `${API}/demo/facilities/${encodeURIComponent(id)}/world`,
  act: (id: string, action: CityAction) => act<DemoActionAnswer>(`/demo/facilities/${encodeURIComponent(id)}/actions`, action),
  /** By the machine's own browser, or by anybody in the demo (`token` null). */
  plates: (id: string, station: string, plate: string, token: string | null) =>
    act<PlateChoices>(`/${token === null ? "demo/facilities" : "devices"}/${encodeURIComponent(id)}/stations/${encodeURIComponent(station)}/plates`, { plate }, token),
  chooseStay: (id: string, station: string, stay: string, token: string | null) => (token === null
    ? act<unknown>(`/demo/facilities/${encodeURIComponent(id)}/stations/${encodeURIComponent(station)}/stay`, { stay })
    : act<unknown>(`/devices/${encodeURIComponent(id)}/station-inputs`, { type: "ChooseStay", station, stay }, token)),
  clock: () => read<DemoClock>("/demo/clock"),
  setClock: (change: { speed?: number; paused?: boolean }) => act<DemoClock>("/demo/clock", change),
  setTraffic: (level: number) => act<DemoClock>("/demo/traffic", { level }),
};
