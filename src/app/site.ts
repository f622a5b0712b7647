/**
 * The running product without its web server: database, journal, owners, read models, deadlines.
 *
 *   postgres -> vault, journal -> owners (fold) -> set-up by the city's file -> read models -> ticking
 *
 * Stopping goes the other way round, and waits for what is under way.
 */
import { join } from "node:path";
import type pg from "pg";
import { facilityOfStream, streamOfFacility, type FacilityDurable, type FacilityOwner, ordersOfDurable, startFacility } from "../carpark/application/facility-owner.ts";
import { finishRemovals, type OperatorOwner, startOperator, teach } from "../carpark/application/operator-owner.ts";
import type { OwnerProblem } from "../carpark/application/owner.ts";
import type { FacilityId } from "../carpark/facility/config.ts";
import { nextDeadline } from "../carpark/facility/decide.ts";
import { openLoginStore } from "../api/logins/login-store.ts";
import { HolderLogins } from "../api/logins/holder-logins.ts";
import { openHolderStore } from "../api/logins/holder-store.ts";
import { Logins } from "../api/logins/logins.ts";
import type { ChangeListener, DemoCity, FacilityHandle, PhonePayments, Site } from "../api/site.ts";
import type { City } from "../config/city.ts";
import type { HttpAgent } from "../devices/http/agent.ts";
import type { DeviceAgent } from "../devices/port.ts";
import type { ExchangeLinkStatus } from "../exchange-link/status.ts";
import type { Journal } from "../journal/journal.ts";
import { openPool } from "../journal/connections.ts";
import { openPostgresJournal } from "../journal/postgresJournal.ts";
import { openPostgresVault, type PostgresVault } from "../journal/postgresVault.ts";
import { type Postgres, startPostgres } from "../postgres/postgres.ts";
import { accountRows } from "./account-rows.ts";
import { setUpFacilities, setUpOperator } from "./city-setup.ts";
import type { Clock } from "./clock.ts";
import { eraseWhenDue } from "./erasing.ts";
import type { ExchangeFace } from "./exchange-inward.ts";
import { facilityHandle, operatorHandle } from "./handles.ts";
import { holdersOf } from "./holders.ts";
import { camerasOf, type Cameras } from "./plates/cameras.ts";
import { ledgerRows } from "./ledger.ts";
import { faultRows } from "../notifications/fault-message.ts";
import { openSimulatedMailbox } from "../notifications/simulated-mailbox.ts";
import { countriesAgree, type Plate } from "../rights/plate/plate.ts";
import { credentialBookOf, peopleOf } from "./people.ts";
import { pastFactsOf, settleLateFactsWhenDue } from "./late-facts.ts";
import { stateMonthEnds } from "./month-ends.ts";
import { measured, measuresOf } from "./measures.ts";
import { closePeriodsNightly } from "./nightly.ts";
import { openScenarioDesk } from "./scenario-desk.ts";
import { startReads, type RunningReads } from "./reads.ts";
import { DEMO_LOGINS, demoHolders, makeFirstAccounts } from "./accounts.ts";
import { installationSecret } from "./secret.ts";
import { VERSION } from "./version.ts";

export type SiteOptions = {
  readonly city: City;
  readonly configFile: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly clock: Clock;
  readonly demo: boolean;
  readonly log: { info(text: string): void; warn(text: string): void; error(text: string): void };
  /** The devices of a car park; null while none are connected. */
  readonly agentOf: (facility: string) => DeviceAgent | null;
  readonly deviceLinks?: ReadonlyMap<string, HttpAgent>;
  /** First administrator of an empty installation. */
  readonly adminPassword: string | undefined;
  readonly smtpPassword?: string | undefined;
  /** In the demo the city's own clock applies deadlines. */
  readonly ticking: boolean;
  /** Left out: paying by phone is not offered. */
  readonly phonePayments?: PhonePayments;
  /** Before anybody owns a stream: the demo writes its past, or learns how far an earlier run had come. */
  readonly beforeOwners?: (journal: Journal) => Promise<void>;
};

export type RunningSite = {
  readonly site: Site;
  readonly owners: readonly FacilityOwner[];
  readonly operatorOwner: OperatorOwner;
  readonly cameras: Cameras;
  readonly journal: Journal;
  readonly reads: RunningReads;
  readonly pool: pg.Pool;
  readonly postgres: Postgres;
  readonly vault: PostgresVault;
  /** What our web server passes on of an exchange; set while one is linked. */
  readonly exchange: { face: ExchangeFace | null };
  setDemoCity(city: DemoCity): void;
  /** How the car parks stand with the exchange, once they are linked. */
  setExchangeLink(status: () => Promise<ExchangeLinkStatus>): void;
  /** Where the server listens; stands in for an address the file does not give. */
  setListening(url: string): void;
  stop(): Promise<void>;
};

/** Connections for logins and read models; the journal has its own. */
const POOL_MAX = 6;
const TICK_MS = 200;
/** Levels that change by time alone (a refusal no longer shown) are asserted again at least this often. */
const REFRESH_MS = 1_000;

export async function startSite(options: SiteOptions): Promise<RunningSite> {
  const { city, clock, log } = options;
  const postgres = await startPostgres({ dataDir: options.dataDir, databaseUrl: options.databaseUrl, log: (text) => log.info(text), onGivenUp: endWithoutStore(log) });
  const { connectionString } = postgres;
  const vault = await openPostgresVault({ connectionString, keyFolder: join(options.dataDir, "keys") });
  const { journal, appends } = measured(await openPostgresJournal({ connectionString, sealer: vault }));
  const pool = openPool(connectionString, POOL_MAX);

  await options.beforeOwners?.(journal);
  const listeners = new Set<ChangeListener>();
  const report = (problem: OwnerProblem): void => log.error(`${problem.stream}: ${problem.type}: ${problem.message}`);
  const ports = { journal, now: clock.now, report };
  const handOut = handOutTo(options, listeners);
  /** Read from the journal while others go on; stopping waits for it. */
  const reading = new Set<Promise<unknown>>();
  const underWay = (work: Promise<unknown>): void => {
    const done = work.catch((error: unknown) => log.error(String(error))).finally(() => reading.delete(done));
    reading.add(done);
  };
  const owners = await Promise.all(city.facilities.map(({ config }) =>
    startFacility(config.id, [ledgerRows, faultRows, accountRows], { ...ports, onDurable: (durable) => handOut(config.id, durable) })));
  const operatorOwner = await startOperator(() => ({}), { ...ports, onDurable: () => underWay(Promise.all(owners.map((owner) => teach(journal, owner)))) });
  listeners.add((_id, _first, events) => {
    if (events.some((event) => event.type === "Rights" && event.rights.type === "CredentialRemoved")) void finishRemovals(operatorOwner, owners);
  });
  await setUpOperator(city, operatorOwner);
  await setUpFacilities(city, options.configFile, owners, journal);
  await finishRemovals(operatorOwner, owners);
  const reads = await startReads(connectionString, pool, journal, (text) => log.warn(text));
  const logins = await Logins.open(await openLoginStore(pool), () => Date.now());
  const holderLogins = await HolderLogins.open(await openHolderStore(pool), () => Date.now(), installationSecret(options.dataDir));
  await makeFirstAccounts(logins, options);
  const simulatedMailbox = options.demo && !city.smtp ? openSimulatedMailbox(clock.now) : null;
  const mailer = city.smtp ? (await import("../notifications/mailer.ts")).openMailer({ ...city.smtp, password: options.smtpPassword ?? null }) : simulatedMailbox;
  const cameras = camerasOf(city, owners, vault, clock, (text) => log.warn(text));
  await cameras.start();
  listeners.add((facility, _firstSeq, events) => cameras.observe(facility, events));
  const handles = connect(options, owners, cameras, journal);
  const visitorOf = (plate: Plate): string | null => owners.flatMap(({ stream }) =>
    [...(cameras.deskOf(facilityOfStream(stream))?.register.sameText(plate.text) ?? [])].filter((one) => countriesAgree(one.plate, plate)).map(({ key }) => key))[0] ?? null;
  const credentials = credentialBookOf(vault, () => operatorOwner.core, visitorOf);
  await credentials.start();
  const timers = [
    ...(options.ticking ? [tickOwners(owners, clock)] : []),
    stateMonthEnds(owners, clock, (text) => log.warn(text)),
    settleLateFactsWhenDue(owners, journal, (text) => log.warn(text)),
    closePeriodsNightly(owners, operatorOwner, journal, clock, city),
    eraseWhenDue(vault, clock, cameras.erased, (text) => log.warn(text)),
  ];
  let demoCity: DemoCity | null = null;
  let exchangeLink: (() => Promise<ExchangeLinkStatus>) | null = null;
  let listening = "";
  const site: Site = {
    city, version: VERSION, startedAt: clock.now(), demo: options.demo, now: clock.now, facilities: handles,
    operator: operatorHandle(operatorOwner, journal, clock), reads, measures: measuresOf(appends, reads.db), holders: holdersOf(vault),
    pastRights: (facility, account) => pastFactsOf(journal, streamOfFacility(facility), account),
    people: peopleOf(vault, cameras.erased), credentials, cameras,
    phonePayments: options.phonePayments ?? null,
    logins, holderLogins, mailer, simulatedMailbox, publicUrl: () => city.server.publicUrl ?? listening,
    demoHolders: options.demo ? await demoHolders(holderLogins, operatorOwner.core) : [],
    secureCookies: city.server.behindTls, demoLogins: options.demo ? DEMO_LOGINS : [], embeddedStore: postgres.embedded,
    deviceLinks: options.deviceLinks ?? new Map(), openScenarioDesk,
    get demoCity() { return demoCity; },
    exchangeLink: async () => await exchangeLink?.() ?? null,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    site, owners, operatorOwner, cameras, journal, reads, pool, postgres, vault, exchange: { face: null },
    setDemoCity: (made) => { demoCity = made; },
    setExchangeLink: (status) => { exchangeLink = status; },
    setListening: (url) => { listening = url; },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(reading);
      mailer?.close();
      await reads.close();
      await journal.close();
      await vault.close();
      await pool.end();
      await postgres.stop();
    },
  };
}

/** Without a database nothing is durable: the process ends, and whoever supervises it starts it anew. */
const END_WITHOUT_STORE = 70;
const endWithoutStore = (log: SiteOptions["log"]) => (reason: Error): void => {
  log.error(`The database cannot be kept running: ${reason.message}. Gatehouse ends; exits stay as their controllers have them.`);
  process.exit(END_WITHOUT_STORE);
};

/** Durable events become effects: levels and one-shots to the devices, then whoever listens. */
function handOutTo(options: SiteOptions, listeners: ReadonlySet<ChangeListener>) {
  return (id: FacilityId, durable: FacilityDurable): void => {
    const agent = options.agentOf(id);
    if (agent) {
      agent.apply(durable.output);
      for (const order of ordersOfDurable(id, durable)) agent.order(order);
    }
    const first = durable.events[0]?.seq ?? durable.seq;
    const events = durable.events.map(({ event }) => event);
    for (const listener of listeners) listener(id, first, events);
  };
}

/** Commands of the devices go to their owner; what the API sees is a handle on it. */
function connect(options: SiteOptions, owners: readonly FacilityOwner[], cameras: Cameras, journal: Journal): ReadonlyMap<string, FacilityHandle> {
  const handles = new Map<string, FacilityHandle>();
  for (const owner of owners) {
    const handle = facilityHandle(owner, journal, options.clock, () => options.agentOf(facilityOfStream(owner.stream))?.status() ?? []);
    handles.set(handle.id, handle);
    const agent = options.agentOf(handle.id);
    agent?.onInput((command) => void owner.execute(command));
    agent?.onReading((lane, reading) => void cameras.take(handle.id, lane, reading, options.clock.now()));
    agent?.readAll();
  }
  return handles;
}

/** Deadlines are data; this only looks at the clock often enough. */
function tickOwners(owners: readonly FacilityOwner[], clock: Clock): NodeJS.Timeout {
  const tickedAt = new Map<string, number>();
  return setInterval(() => {
    const now = clock.now();
    for (const owner of owners) {
      const due = nextDeadline(owner.core);
      const stale = now - (tickedAt.get(owner.stream) ?? 0) >= REFRESH_MS;
      if (!stale && (due === null || due > now)) continue;
      tickedAt.set(owner.stream, now);
      void owner.execute({ type: "Tick" });
    }
  }, TICK_MS);
}
