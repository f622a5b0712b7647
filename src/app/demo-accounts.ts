/**
 * The demo's account holders: a company with five contracts for seven cars, a house of residents who pay by day, a
 * freelancer who pays as she goes. Invented people, plates and cards; opened as an operator would open them.
 */
import type { Recorded } from "../carpark/facility/event.ts";
import type { FacilityId } from "../carpark/facility/config.ts";
import { type OperatorCommand, type OperatorEvent, decideOperator } from "../carpark/operator/operator.ts";
import type { HolderRef } from "../carpark/operator/season-ticket.ts";
import { type Operator, type OperatorConfig, emptyOperator } from "../carpark/operator/state.ts";
import type { EssentialRows } from "../journal/journal.ts";
import { directoryRows } from "../carpark/application/rights-rows.ts";
import { HOUR, type Instant } from "../kernel/instant.ts";
import type { CredentialKind } from "../rights/desk/state.ts";
import type { Contract } from "../rights/timeline/facts.ts";
import { type DemoCompany, type DemoSale, companyCommands } from "./demo-day.ts";
import { readPlate, sealedPlate } from "../rights/plate/plate.ts";

type Shown = { readonly kind: CredentialKind; readonly text: string };
type DemoParker = { readonly id: string; readonly name: string; readonly shows: readonly Shown[] };
type DemoContract = { readonly facility: string; readonly count: number; readonly terms: Partial<Contract> };
type DemoAccount = {
  readonly id: string;
  readonly contact: { readonly kind: "person" | "company"; readonly name: string; readonly address: string; readonly email: string; readonly phone: string; readonly locale: "en" | "de" };
  readonly parkers: readonly DemoParker[];
  readonly contracts: readonly DemoContract[];
  readonly payAsYouGo: readonly string[];
};

const plate = (text: string): Shown => ({ kind: "plate", text });
const card = (text: string): Shown => ({ kind: "card", text });
const code = (text: string): Shown => ({ kind: "qr", text });

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const NIGHT = { days: EVERY_DAY, fromMs: 18 * HOUR, toMs: 8 * HOUR };

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    id: "quayside-brewing",
    contact: { kind: "company", name: "Quayside Brewing", address: "8 Malt Lane, Harbour City 2000", email: "fleet@quayside.example", phone: "+61 2 5550 0101", locale: "en" },
    parkers: [
      { id: "van-1", name: "Delivery van 1", shows: [plate("QBR101"), card("QB-0001")] },
      { id: "van-2", name: "Delivery van 2", shows: [plate("QBR102"), card("QB-0002")] },
      { id: "van-3", name: "Delivery van 3", shows: [plate("QBR103"), card("QB-0003")] },
      { id: "sales-1", name: "Maria Costa", shows: [plate("CSA44M"), card("QB-0004"), code("QB-CODE-4")] },
      { id: "sales-2", name: "Tom Adler", shows: [plate("ADL20T"), card("QB-0005")] },
      { id: "brewer", name: "Jun Park", shows: [plate("PRK88J"), card("QB-0006")] },
      { id: "owner", name: "Ida Quay", shows: [plate("QUAY01"), card("QB-0007")] },
    ],
    contracts: [{ facility: "central", count: 5, terms: { group: "contract", monthlyFeeMinor: 24_000 } }],
    payAsYouGo: ["central", "harbour"],
  },
  {
    id: "terrace-residents",
    contact: { kind: "company", name: "River Terrace Owners Corporation", address: "73 River Terrace, Harbour City 2004", email: "committee@terrace.example", phone: "+61 2 5550 0102", locale: "en" },
    parkers: [
      { id: "flat-1", name: "Nora Lindt", shows: [plate("LND01N"), card("RT-0001")] },
      { id: "flat-2", name: "Samir Haddad", shows: [plate("HDD02S"), card("RT-0002")] },
      { id: "flat-3", name: "Greta Vogel", shows: [plate("VGL03G"), card("RT-0003"), code("RT-CODE-3")] },
      { id: "flat-4", name: "Ben Ito", shows: [plate("ITO04B"), card("RT-0004")] },
    ],
    contracts: [{ facility: "riverside", count: 4, terms: { group: "contract", window: NIGHT, monthlyFeeMinor: 9_000 } }],
    payAsYouGo: ["riverside"],
  },
  {
    id: "lena-marsh",
    contact: { kind: "person", name: "Lena Marsh", address: "4 Wharf Street, Harbour City 2001", email: "lena@marsh.example", phone: "+61 2 5550 0103", locale: "de" },
    parkers: [{ id: "lena", name: "Lena Marsh", shows: [plate("MRS77L"), card("LM-0001"), code("LM-CODE-1")] }],
    contracts: [],
    payAsYouGo: ["central", "station", "harbour", "museum"],
  },
];

/** What the vault keeps of it; a plate in the form the cameras' readings are compared in. */
function sealed({ kind, text }: Shown): string {
  if (kind !== "plate") return `${kind}/${text}`;
  const read = readPlate(text, "AU");
  return read.ok ? sealedPlate(read.value) : text;
}

export type DirectoryPast = { readonly operator: Operator; readonly kept: readonly { readonly event: Recorded<OperatorEvent>; readonly rows: EssentialRows }[] };

/** The operator's stream as it is when the demo begins. `newRef`: random references of this installation. */
export function demoDirectory(
  config: OperatorConfig, at: Instant, newRef: (kind: "holder" | "plate" | "card") => string,
  more: { readonly companies: readonly DemoCompany[]; readonly sales: readonly DemoSale[] },
): DirectoryPast {
  const operator = emptyOperator();
  const kept: { event: Recorded<OperatorEvent>; rows: EssentialRows }[] = [];
  const say = (command: OperatorCommand, put: readonly { readonly ref: string; readonly text: string }[] = [], now = at): void => {
    const { events, refusal } = decideOperator(operator, command, { now, actor: "demo" });
    if (refusal) throw new Error(`the demo's ${command.type}: ${JSON.stringify(refusal)}`);
    const vault = { put: put.map((row) => ({ ...row, class: "holder" as const })), deadlines: directoryRows(events).vault?.deadlines ?? [] };
    events.forEach((event, i) => kept.push({ event, rows: i === 0 ? { vault } : {} }));
  };
  const holder = (): HolderRef => newRef("holder") as HolderRef;
  say({ type: "ConfigureOperator", config });
  const here = new Set<string>(config.facilities.map(({ id }) => id));
  for (const { id: account, contact, parkers, contracts, payAsYouGo } of DEMO_ACCOUNTS) {
    const contactRef = holder();
    say({ type: "OpenAccount", account, kind: contact.kind, contact: contactRef, terms: { overflow: null, overflowLimit: null } },
      [{ ref: contactRef, text: `contact ${JSON.stringify(contact)}` }]);
    for (const { id: parker, name, shows } of parkers) {
      const nameRef = holder();
      const credentials = shows.map((shown) => ({ shown, ref: newRef(shown.kind === "plate" ? "plate" : "card") }));
      say({ type: "AddParker", account, parker, name: nameRef, credentials: credentials.map(({ shown, ref }) => ({ ref, kind: shown.kind })) }, [
        { ref: nameRef, text: `name ${JSON.stringify(name)}` }, ...credentials.map(({ shown, ref }) => ({ ref, text: sealed(shown) })),
      ]);
    }
    for (const { facility, count, terms } of contracts.filter((one) => here.has(one.facility))) {
      for (let n = 1; n <= count; n++) {
        say({ type: "SignContract", facility: facility as FacilityId, account, contract: {
          id: `${account}-${n}`, from: null, until: null, window: null, parkers: null, group: "contract", overflow: null, overflowLimit: null,
          monthlyFeeMinor: 0, ...terms,
        } });
      }
    }
    for (const facility of payAsYouGo.filter((one) => here.has(one))) {
      say({ type: "MakeAgreement", facility: facility as FacilityId, account, agreement: { id: `${account}-${facility}`, from: null, until: null, parkers: null, tariff: null } });
    }
  }
  for (const company of more.companies) for (const command of companyCommands(company)) say(command);
  for (const sale of more.sales) say(sale.command, [sale.holder], sale.at);
  return { operator, kept };
}
