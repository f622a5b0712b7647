/** The demo city over a real embedded database, with the clock in the test's hand and every answer read back by its schema. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Role } from "../../src/api/contract/login.ts";
import { createLog } from "../../src/app/log.ts";
import { simulatedPhonePayments } from "../../src/app/plates/phone.ts";
import { createServer } from "../../src/app/server.ts";
import { type RunningSite, startSite } from "../../src/app/site.ts";
import { readCity } from "../../src/config/read.ts";
import type { LaneId } from "../../src/carpark/facility/config.ts";

export const DEVICE_TOKEN = "device-token-of-the-test";
/** Monday 2 March 2026, 08:00 in Sydney. */
export const MONDAY = Date.UTC(2026, 2, 1, 21, 0, 0);

export type TestSite = {
  readonly app: FastifyInstance;
  readonly running: RunningSite;
  /** Cookie of a login with exactly this role. */
  cookie(role: Role): Promise<string>;
  pass(ms: number): void;
  /** A car drives in by ticket through the lane; answers its ticket number. */
  driveIn(facility: string, lane: string): Promise<string>;
  stop(): Promise<void>;
};

/** `edit`: of the city's file, before it is read. */
export async function startTestSite(edit: (yaml: string) => string = (yaml) => yaml): Promise<TestSite> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-api-"));
  // The database's account must get in, or its files would stay behind elsewhere.
  chmodSync(dataDir, 0o711);
  const city = readCity(edit(readFileSync("config/demo.yaml", "utf8")));
  if (!city.ok) throw new Error(JSON.stringify(city.error));
  let now = MONDAY;
  const log = createLog("silent");
  const running = await startSite({
    city: city.value, configFile: "config/demo.yaml", dataDir, databaseUrl: undefined, clock: { elapsed: () => 0, now: () => now }, demo: false, log,
    agentOf: () => null, phonePayments: simulatedPhonePayments, ticking: false, adminPassword: "administrator-1",
  });
  const app = await createServer({
    site: running.site, log: log.pino, behindTls: false, pagesFolder: resolve("dist/console"), checkAnswers: true, linkSecret: "secret-of-the-test",
    deviceMayAct: (_facility, token) => token === DEVICE_TOKEN,
  });
  const cookies = new Map<Role, string>();
  return {
    app, running,
    pass: (ms) => { now += ms; },
    async cookie(role) {
      const known = cookies.get(role);
      if (known) return known;
      const name = `test-${role}`;
      await running.site.logins.createAccount({ name, password: `password-of-${role}`, roles: [role], company: role === "security" ? "northguard" : null });
      const made = await app.inject({ method: "POST", url: "/api/v1/login", payload: { name, password: `password-of-${role}` } });
      const cookie = String(made.headers["set-cookie"]).split(";")[0] ?? "";
      cookies.set(role, cookie);
      return cookie;
    },
    async driveIn(facility, lane) {
      const owner = running.owners.find(({ stream }) => stream === `facility/${facility}`);
      if (!owner) throw new Error(`no ${facility}`);
      const id = lane as LaneId;
      const sense = (loop: "arming" | "underArm" | "closing", occupied: boolean) => owner.execute({ type: "SenseLoop", lane: id, loop, occupied });
      for (const loop of ["arming", "underArm", "closing"] as const) await sense(loop, false);
      await sense("arming", true);
      const pressed = await owner.execute({ type: "PressButton", lane: id });
      if (!pressed.ok) throw new Error(JSON.stringify(pressed.error));
      const number = pressed.value.events.flatMap((e) => (e.type === "TicketOrdered" ? [e.number] : []))[0];
      if (!number) throw new Error("no ticket");
      await owner.execute({ type: "ReportTicketPrinted", lane: id, number });
      await owner.execute({ type: "ReportTicketTaken", lane: id, number });
      await sense("underArm", true);
      await sense("arming", false);
      await sense("closing", true);
      await sense("underArm", false);
      await sense("closing", false);
      now += 2_000;
      await owner.execute({ type: "Tick" });
      return number;
    },
    async stop() {
      await app.close();
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const json = (cookie: string, extra: Record<string, string> = {}) => ({ cookie, "content-type": "application/json", ...extra });
