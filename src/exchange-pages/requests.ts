/** What the pages ask their own server: same origin, the login in a cookie, a named limit on waiting. */
import type {
  Availability, Deliveries, LookUp, LookUpAnswer, LookUpPlaces, NewClient, NewSecret, Offers, PageReason, Partners, Replayed, SessionRecord,
  SessionSearch, SessionsFound, SignIn, WhoAnswer,
} from "../exchange/pages/contract.ts";

const API = "/pages-api";
/** Longer than the server's own limit on its store. */
const ANSWER_MS_MAX = 10_000;

/** The server said no, or (status 0) nothing. */
export class Refused extends Error {
  constructor(readonly status: number, readonly reason: PageReason | null) {
    super(reason ?? String(status));
  }
}

async function send<T>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  const response = await fetch(API + path, {
    method, signal: AbortSignal.timeout(ANSWER_MS_MAX), ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => { throw new Refused(0, null); });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  const reason = typeof answer === "object" && answer !== null && "reason" in answer ? answer.reason as PageReason : null;
  throw new Refused(response.ok ? 0 : response.status, reason);
}

const id = encodeURIComponent;

export type Near = { readonly latitude: number; readonly longitude: number; readonly radius: number };

export const ask = {
  who: () => send<WhoAnswer>("GET", "/login"),
  signIn: (given: SignIn) => send<object>("POST", "/login", given),
  signOut: () => send<object>("DELETE", "/login"),
  places: ({ text, free, near }: { readonly text: string; readonly free: boolean; readonly near: Near | null }) => send<Availability>("GET", `/places?${new URLSearchParams({
    ...(text === "" ? {} : { text }), ...(free ? { free: "1" } : {}),
    ...(near ? { latitude: String(near.latitude), longitude: String(near.longitude), radius: String(near.radius) } : {}),
  })}`),
  offers: (place: string) => send<Offers>("GET", `/places/${id(place)}/offers`),
  sessions: (search: SessionSearch) => send<SessionsFound>("POST", "/sessions/search", search),
  record: (session: string) => send<SessionRecord>("GET", `/sessions/${id(session)}`),
  recordPdf: (session: string, locale: string) => `${API}/sessions/${id(session)}/pdf?lang=${locale}`,
  lookUpPlaces: () => send<LookUpPlaces>("GET", "/look-up/places"),
  lookUp: (given: LookUp) => send<LookUpAnswer>("POST", "/look-up", given),
  partners: () => send<Partners>("GET", "/partners"),
  addClient: (given: NewClient) => send<NewSecret>("POST", "/clients", given),
  rotateSecret: (client: string) => send<NewSecret>("POST", `/clients/${id(client)}/secret`),
  revokeClient: (client: string) => send<object>("POST", `/clients/${id(client)}/revoke`),
  deliveries: () => send<Deliveries>("GET", "/deliveries"),
  replay: (letter: number) => send<Replayed>("POST", `/deliveries/${letter}/replay`),
  replayAll: () => send<Replayed>("POST", "/deliveries/replay"),
};
