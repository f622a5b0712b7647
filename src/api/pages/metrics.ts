/**
 * `/metrics` in the text format of Prometheus: how much is decided, how fast it is durable, what lags behind, what
 * waits for people. Labels are car parks, topics and models of ours; nothing is about a person.
 *
 * Answered to this machine itself, to the token of `GATEHOUSE_METRICS_TOKEN`, and to an administrator's login.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { trouble } from "../http/problem.ts";
import { sendTrouble } from "../http/send-trouble.ts";
import { tokenOf } from "../logins/cookie.ts";
import type { Site } from "../site.ts";

const MEDIA = "text/plain; version=0.0.4; charset=utf-8";

export function addMetrics(app: FastifyInstance, site: Site, metricsToken: string | undefined): void {
  app.get("/metrics", async (request, reply) => {
    if (!mayRead(request, site, metricsToken)) return sendTrouble(reply, trouble("notAllowed", "Metrics are for this machine, the metrics token and administrators."));
    return reply.header("cache-control", "no-store").type(MEDIA).send(await metricsText(site));
  });
}

function mayRead(request: FastifyRequest, site: Site, metricsToken: string | undefined): boolean {
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return metricsToken !== undefined && same(bearer, metricsToken);
  const login = tokenOf(request.headers.cookie, site.secureCookies);
  if (login !== null) return site.logins.whoOf(login)?.account.roles.includes("administrator") ?? false;
  // A proxy on this machine speaks for somebody else.
  const forwarded = request.headers["x-forwarded-for"] !== undefined || request.headers["forwarded"] !== undefined;
  return !forwarded && /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(request.ip);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export async function metricsText(site: Site): Promise<string> {
  const { appends, outbox } = await site.measures();
  const followers = await site.reads.status();
  const facilities = [...site.facilities.values()];
  const each = (value: (facility: (typeof facilities)[number]) => number): Sample[] => facilities.map((facility) => [{ facility: facility.id }, value(facility)]);
  const plain = (value: number): Sample[] => [[{}, value]];
  return [
    metric("decisions_total", "counter", "Decisions made durable since the start.", plain(appends.durable)),
    metric("decisions_refused_by_store_total", "counter", "Decisions that could not be made durable.", plain(appends.refused)),
    metric("events_total", "counter", "Events written since the start.", plain(appends.events)),
    histogram("append_seconds", "From decision to durable.", appends),
    metric("follower_behind_events", "gauge", "Durable events a read model has still to read.", followers.map(({ name, behind }) => [{ follower: name }, behind])),
    metric("follower_failing", "gauge", "1 while a read model retries after an error.", followers.map(({ name, failing }) => [{ follower: name }, Number(failing)])),
    metric("outbox_waiting", "gauge", "Messages that have still to leave.", outbox.map(({ topic, waiting }) => [{ topic }, waiting])),
    metric("outbox_dead", "gauge", "Messages given up; somebody must look.", outbox.map(({ topic, dead }) => [{ topic }, dead])),
    metric("open_calls", "gauge", "Intercom calls ringing or answered.", each(({ core }) => core.state.calls.size)),
    metric("open_faults", "gauge", "Faults reported and not fixed.", each(({ core }) => core.state.openFaults.size)),
    metric("open_stays", "gauge", "Vehicles recorded inside.", each(({ core }) => core.state.stays.size)),
    metric("facility_safe_mode", "gauge", "1 while our own assertion keeps the car park in safe mode.", each(({ core }) => Number(core.state.mode === "safe"))),
    metric("facility_store_healthy", "gauge", "1 while decisions become durable.", each(({ storeHealthy }) => Number(storeHealthy))),
    metric("memory_bytes", "gauge", "Resident memory of this process, the database not included.", plain(process.memoryUsage.rss())),
  ].join("");
}

const metric = (name: string, type: "counter" | "gauge", help: string, samples: readonly Sample[]): string =>
  head(name, type, help) + samples.map(([labels, value]) => line(name, labels, value)).join("");

function histogram(name: string, help: string, { durable, seconds, buckets }: { readonly durable: number; readonly seconds: number; readonly buckets: readonly { readonly bound: number; readonly count: number }[] }): string {
  const counted = [...buckets.map(({ bound, count }) => [String(bound), count] as const), ["+Inf", durable] as const];
  return head(name, "histogram", help) + counted.map(([le, count]) => line(`${name}_bucket`, { le }, count)).join("")
    + line(`${name}_sum`, {}, seconds) + line(`${name}_count`, {}, durable);
}

const head = (name: string, type: string, help: string): string => `# HELP gatehouse_${name} ${help}\n# TYPE gatehouse_${name} ${type}\n`;

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const text = Object.entries(labels).map(([label, of]) => `${label}="${of.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`))}"`).join(",");
  return `gatehouse_${name}${text === "" ? "" : `{${text}}`} ${value}\n`;
}
