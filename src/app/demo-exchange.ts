/**
 * The demo's own exchange: a process of its own beside the demo city, over the same PostgreSQL in a schema of its own,
 * with two providers, an enforcement supplier and an administrator.
 *
 *   started a moment after the first page can be served; dies -> started again after a pause; stops with the demo
 *
 *   DATA/exchange/parties.yaml    who takes part, with the secrets of the demo's clients
 *   DATA/exchange/keys            keys of the plates that are there
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { City } from "../config/city.ts";
import { type DurationMs, SECOND } from "../kernel/instant.ts";
import type { LinkAccess } from "./exchange-link.ts";
import type { PartiesFile } from "./exchange-parties.ts";
import { type ClockMessage, isListening } from "./parent-clock.ts";

export type DemoExchangeOptions = {
  readonly city: City;
  readonly dataDir: string;
  readonly connectionString: string;
  /** `bin/gatehouse`. */
  readonly program: string;
  readonly clock: () => ClockMessage;
  /** Where the city itself may be told something. */
  readonly cityUrl: string;
  readonly log: { info(text: string): void; warn(text: string): void };
};

export type DemoExchange = {
  /** Resolves when it listens for the first time. */
  readonly access: Promise<LinkAccess>;
  stop(): Promise<void>;
};

/** Two cores: the first page comes first. */
const START_AFTER_MS: DurationMs = 3 * SECOND;
/** A process that dies at once is not started at once again, and never left for long. */
const RESTART_PAUSES: readonly DurationMs[] = [1 * SECOND, 5 * SECOND, 15 * SECOND, 60 * SECOND];
/** Alive for so long, it is well again. */
const WELL_AFTER_MS: DurationMs = 120 * SECOND;
const STOP_MS_MAX: DurationMs = 5 * SECOND;
const CLOCK_EVERY_MS: DurationMs = 500;
/** In MB; a demo's inventory and a day's sessions need a third of it. */
const HEAP_MB_MAX = 96;

const CITY_CLIENT = "demo-city";

export function startDemoExchange(options: DemoExchangeOptions): DemoExchange {
  const folder = join(options.dataDir, "exchange");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "parties.yaml");
  const secret = partiesIn(file, options.city).clients.find(({ id }) => id === CITY_CLIENT)?.secret ?? "";
  const { program, city, connectionString, cityUrl, log } = options;
  let child: ChildProcess | null = null;
  let [stopping, failures, port] = [false, 0, "0"];
  let timer: NodeJS.Timeout | undefined;
  let listens: (access: LinkAccess) => void;
  const access = new Promise<LinkAccess>((done) => { listens = done; });

  const start = (): void => {
    const startedAt = performance.now();
    const flags = ["--data", folder, "--port", port, "--parties", file, "--currency", city.currency, "--clock", "parent", "--allow-origin", cityUrl, "--offer-logins"];
    const own = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB_MAX}`, program, "exchange", ...flags], {
      env: { ...inherited(), GATEHOUSE_DATABASE_URL: connectionString, GATEHOUSE_LOG_LEVEL: "warn" }, stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child = own;
    tell(own, options.clock());
    own.on("message", (message) => {
      if (!isListening(message)) return;
      // The same address again after a restart: whoever was given it keeps it.
      port = new URL(message.listening).port;
      log.info(`The demo's exchange: ${message.listening}; its clients are in ${file}.`);
      listens({ url: message.listening, credentials: { clientId: CITY_CLIENT, secret } });
    });
    own.on("error", (error) => log.warn(`The demo's exchange cannot be started: ${error.message}`));
    own.on("close", (code, signal) => {
      child = null;
      if (stopping) return;
      if (performance.now() - startedAt > WELL_AFTER_MS) failures = 0;
      const pause = RESTART_PAUSES[Math.min(failures, RESTART_PAUSES.length - 1)] ?? 0;
      failures += 1;
      log.warn(`The demo's exchange ended (${signal ?? code}); it is started again in ${pause / SECOND} s.`);
      timer = setTimeout(start, pause);
    });
  };
  timer = setTimeout(start, START_AFTER_MS);
  const clock = setInterval(() => { if (child) tell(child, options.clock()); }, CLOCK_EVERY_MS);
  return {
    access,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      clearInterval(clock);
      if (child) await ended(child);
    },
  };
}

/** A child that is going does not listen any more; that is no news. */
const tell = (child: ChildProcess, message: ClockMessage): void => { if (child.connected) child.send(message, () => {}); };

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((done) => { child.once("close", () => done()); });
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
  await gone;
  clearTimeout(late);
}

/** What a process needs to run, and none of the city's own settings and secrets. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(["PATH", "HOME", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH"].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

const PROVIDERS = [["PARKNOW", "Park Now"], ["EASYPARKING", "Easy Parking"]] as const;

/** Made once with the installation's own secrets; a file that is there is left as it is. */
function partiesIn(file: string, city: City): PartiesFile {
  if (!existsSync(file)) {
    const operator = "CITY";
    const secret = (): string => randomBytes(24).toString("base64url");
    const parties: PartiesFile = {
      organisations: [
        // The city has no address of its own: it comes for the questions of drivers who want to pay and leave.
        { id: operator, role: "operator", name: city.name, departures: {} },
        ...PROVIDERS.map(([id, name]) => ({ id, role: "serviceProvider" as const, name })),
        { id: "PATROL", role: "enforcement", name: "City Patrol" },
        { id: "OFFICE", role: "administrator", name: "Exchange Office" },
      ],
      clients: [
        { id: CITY_CLIENT, organisation: operator, secret: secret() },
        ...PROVIDERS.map(([id]) => ({ id: `demo-${id.toLowerCase()}`, organisation: id, secret: secret() })),
        { id: "demo-patrol", organisation: "PATROL", secret: secret() },
        { id: "demo-office", organisation: "OFFICE", secret: secret() },
      ],
      connections: PROVIDERS.map(([provider]) => ({ provider, operator })),
      contracts: [{ enforcement: "PATROL", operator }],
    };
    writeFileSync(file, stringify(parties), { mode: 0o600 });
  }
  return parse(readFileSync(file, "utf8")) as PartiesFile;
}
