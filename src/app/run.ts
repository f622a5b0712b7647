/** What `serve` and `demo` do with their flags: configuration, start, a clean stop at a signal. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { City } from "../config/city.ts";
import { type Environment, readEnvironment } from "../config/environment.ts";
import { problemText, readCity } from "../config/read.ts";
import type { Instant } from "../kernel/instant.ts";
import { zoneOf } from "../kernel/zone.ts";
import { createLog, type Logger } from "./log.ts";

export type ServeFlags = { readonly config?: string; readonly data?: string; readonly host?: string; readonly port?: number };

/** The repository or package: two folders above the bundle in `dist`, or above `src`. */
const root = rootFolder();
const PORT = 8080;
const EXCHANGE_PORT = 8090;
/** A clean stop waits for requests and the database at most this long. */
const STOP_MS_MAX = 10_000;

type Settings = {
  readonly city: City; readonly configFile: string; readonly dataDir: string; readonly databaseUrl: string | undefined;
  readonly host: string; readonly port: number; readonly environment: Environment; readonly log: Logger; readonly pagesFolder: string;
};

export async function serve(flags: ServeFlags): Promise<void> {
  const settings = settingsOf(flags, null);
  const { startServing } = await import("./serve.ts");
  const running = await orExplain(startServing(settings), settings);
  say(settings, running.url);
  stopAtSignals(running.stop, settings.log);
}

export async function demo(flags: ServeFlags & { readonly seed: number; readonly traffic: number; readonly start?: string; readonly exchange: boolean }): Promise<void> {
  const settings = settingsOf(flags, join(root, "config", "demo.yaml"));
  const startAt = flags.start === undefined ? Date.now() : wallTimeOf(flags.start, settings.city.zone);
  const { startDemo } = await import("./demo-command.ts");
  const running = await orExplain(startDemo({
    ...settings, seed: flags.seed, traffic: flags.traffic, startAt, exchangeProgram: flags.exchange ? join(root, "bin", "gatehouse") : null,
  }), settings);
  say(settings, running.url);
  stopAtSignals(running.stop, settings.log);
}

function wallTimeOf(text: string, zoneName: string): Instant {
  const zone = zoneOf(zoneName);
  const at = zone.ok ? zone.value.parseLocal(text) : null;
  return at?.ok === true ? at.value : stopWith([`--start ${text}: a time such as 2026-11-23T09:00, in ${zoneName}`]);
}

/** What a person can do about a start that failed; what is our own error keeps its stack. */
async function orExplain<T>(starting: Promise<T>, { host, port, dataDir }: Pick<Settings, "host" | "port" | "dataDir">): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = "code" in error ? error.code : null;
    if (code === "EADDRINUSE") return stopWith([`Port ${port} on ${host} is taken. Choose another: --port ${port + 1}`]);
    if (code === "EACCES") return stopWith([`${error.message}. Is ${dataDir} yours, and the port above 1023?`]);
    if (error.name === "SetupFailed" || error.message.startsWith("Another Gatehouse")) return stopWith([error.message]);
    throw error;
  }
}

export type ExchangeFlags = {
  readonly data?: string; readonly host?: string; readonly port?: number; readonly parties?: string; readonly currency: string;
  readonly clock?: "parent"; readonly allowOrigin?: readonly string[]; readonly offerLogins?: boolean;
};
const LOOPBACK: readonly string[] = ["127.0.0.1", "::1", "localhost"];

export async function exchange(flags: ExchangeFlags): Promise<void> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) return stopWith(environment.error);
  const { readParties, NOBODY } = await import("./exchange-parties.ts");
  const parties = flags.parties === undefined ? null : readParties(flags.parties);
  if (parties?.ok === false) return stopWith(parties.error);
  const { startExchange } = await import("./exchange.ts");
  const place = {
    dataDir: flags.data ?? environment.value.GATEHOUSE_DATA ?? join(process.cwd(), "data", "exchange"),
    host: flags.host ?? environment.value.GATEHOUSE_HOST ?? "127.0.0.1", port: flags.port ?? environment.value.GATEHOUSE_PORT ?? EXCHANGE_PORT,
  };
  if (flags.offerLogins === true && !LOOPBACK.includes(place.host)) return stopWith([`--offer-logins shows secrets to whoever comes, so the exchange may listen on ${LOOPBACK.join(" or ")} only, not on ${place.host}.`]);
  const log = createLog(environment.value.GATEHOUSE_LOG_LEVEL ?? "info");
  const { parentClock, tellParent } = await import("./parent-clock.ts");
  const clock = flags.clock === "parent" ? await parentClock(() => { process.kill(process.pid, "SIGTERM"); }) : undefined;
  const running = await orExplain(startExchange({
    ...place, ...(clock ? { clock } : {}), allowedOrigins: flags.allowOrigin ?? [], offerLogins: flags.offerLogins === true, databaseUrl: environment.value.GATEHOUSE_DATABASE_URL,
    currency: flags.currency, behindTls: true, parties: parties?.value ?? NOBODY, log,
    pagesFolder: join(root, "dist", "console"),
    tell: (line) => { process.stdout.write(`${line}\n`); },
  }), place);
  process.stdout.write(`Gatehouse exchange: ${running.url} (pages ${running.url}/pages)\n`);
  stopAtSignals(running.stop, log);
  if (clock) tellParent({ listening: running.url });
}

export type SandboxFlags = { readonly data?: string; readonly host?: string; readonly port?: number };

export async function sandbox(flags: SandboxFlags): Promise<void> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) return stopWith(environment.error);
  const { startSandbox } = await import("./sandbox.ts");
  const place = {
    dataDir: flags.data ?? join(process.cwd(), "data", "sandbox"), host: flags.host ?? "127.0.0.1", port: flags.port ?? EXCHANGE_PORT,
  };
  const log = createLog(environment.value.GATEHOUSE_LOG_LEVEL ?? "warn");
  const running = await orExplain(startSandbox({ ...place, pagesFolder: join(root, "dist", "console"), log }), place);
  for (const { role, name, organisation, clientId, clientSecret } of running.world.actors) {
    process.stdout.write(`${role.padEnd(15)} ${name.padEnd(15)} ${organisation.padEnd(12)} ${clientId.padEnd(12)} ${clientSecret}\n`);
  }
  process.stdout.write(`Gatehouse exchange sandbox: ${running.url}/sandbox (token endpoint ${running.url}/auth)\n`);
  stopAtSignals(running.stop, log);
}

/** The benchmark lies beside the source, so that the product does not carry it. */
export async function bench(): Promise<void> {
  const script = join(root, "scripts", "bench.mjs");
  if (!existsSync(script)) return stopWith(["the benchmark is in the repository, not in the installed product"]);
  await import(pathToFileURL(script).href);
}

function say({ city }: Settings, url: string): void {
  process.stdout.write(`Gatehouse: ${city.name}, ${city.facilities.length} car parks: ${url}\n`);
}

function settingsOf(flags: ServeFlags, fallbackConfig: string | null): Settings {
  const environment = readEnvironment(process.env);
  if (!environment.ok) return stopWith(environment.error);
  const read = environment.value;
  const configFile = flags.config ?? read.GATEHOUSE_CONFIG ?? fallbackConfig;
  if (configFile === null) return stopWith(["no configuration: give --config FILE or GATEHOUSE_CONFIG"]);
  const city = readCity(textOf(configFile));
  if (!city.ok) return stopWith(city.error.map((problem) => problemText(configFile, problem)));
  return {
    city: city.value, configFile, environment: read,
    dataDir: flags.data ?? read.GATEHOUSE_DATA ?? join(process.cwd(), "data"), databaseUrl: read.GATEHOUSE_DATABASE_URL,
    host: flags.host ?? read.GATEHOUSE_HOST ?? city.value.server.host ?? "127.0.0.1",
    port: flags.port ?? read.GATEHOUSE_PORT ?? city.value.server.port ?? PORT,
    log: createLog(read.GATEHOUSE_LOG_LEVEL ?? city.value.server.logLevel), pagesFolder: join(root, "dist", "console"),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return stopWith([`${file}: cannot be read`]);
  }
}

function stopWith(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}

function stopAtSignals(stop: () => Promise<void>, log: Logger): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    const late = setTimeout(() => process.exit(1), STOP_MS_MAX);
    late.unref();
    stop().then(() => process.exit(0), (error: unknown) => {
      log.error(`stopping: ${String(error)}`);
      process.exit(1);
    });
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

function rootFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return here.endsWith("dist") ? dirname(here) : dirname(dirname(here));
}
