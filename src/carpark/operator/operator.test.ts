import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, HOUR, MINUTE } from "../../kernel/instant.ts";
import { SEED_SEASON_PRICES } from "../../rights/season.ts";
import type { FacilityId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { facilityCommandsOf } from "./card-right.ts";
import { type OperatorCommand, type OperatorEvent, decideOperator, evolveOperator } from "./operator.ts";
import type { HolderRef } from "./season-ticket.ts";
import { type Operator, type OperatorConfig, emptyOperator } from "./state.ts";

const CENTRAL = "central" as FacilityId;
const NORTH = "north" as FacilityId;
const TILL = { till: "office", shift: 4 };
const HOLDER = "holder-1" as HolderRef;
const card = (text: string): CredentialRef => text as CredentialRef;
const CONFIG: OperatorConfig = {
  facilities: [{ id: CENTRAL, zone: "Australia/Sydney", currency: "AUD", groups: ["all", "season", "ordinary", "contract"] }, { id: NORTH, zone: "Australia/Sydney", currency: "AUD", groups: ["all", "season", "ordinary", "contract"] }],
  seasonPrices: SEED_SEASON_PRICES,
};
/** Saturday, 31 January 2026, 09:00 in Sydney. */
const START = Date.UTC(2026, 0, 30, 22);

type Desk = { state: Operator; log: Recorded<OperatorEvent>[]; give: (at: number, c: OperatorCommand, actor?: string | null) => string };

function desk(configured = true): Desk {
  const state = emptyOperator();
  const log: Recorded<OperatorEvent>[] = [];
  const give = (at: number, command: OperatorCommand, actor: string | null = "anna"): string => {
    const before = canonicalJson(state);
    const { events, refusal } = decideOperator(state, command, { now: START + at, actor });
    log.push(...events);
    if (refusal) {
      expect(events).toEqual([]);
      expect(canonicalJson(state)).toBe(before);
      return refusal.type;
    }
    return events.map(({ type }) => type).join(" ");
  };
  if (configured) give(0, { type: "ConfigureOperator", config: CONFIG }, null);
  return { state, log, give };
}

const sell = (over: Partial<Extract<OperatorCommand, { type: "SellSeasonTicket" }>> = {}): OperatorCommand => ({
  type: "SellSeasonTicket", facility: CENTRAL, months: 3, firstDay: "2026-01-31", holder: HOLDER, card: card("s1"),
  priceMinor: 20_000, means: "visa", till: TILL, ...over,
});
const CONTRACT = { duties: [{ facility: CENTRAL, visitsPerDay: 4, minVisitMs: 10 * MINUTE, maxVisitMs: 2 * HOUR }], cards: 1 };

describe("season ticket sales", () => {
  it("sells for a named holder, with issue and expiry date, and tells the card's right", () => {
    const d = desk();
    expect(d.give(0, sell())).toBe("SeasonTicketSold CardRightChanged");
    expect(d.log.at(-1)).toMatchObject({
      right: {
        right: "season-000001", kind: "season", facilities: ["central"], days: [1, 2, 3, 4, 5], blocked: false,
        validFrom: Date.UTC(2026, 0, 30, 13), validUntil: Date.UTC(2026, 3, 30, 14),
      },
    });
  });

  it.each([
    ["facilityUnknown", sell({ facility: "south" as FacilityId })],
    ["notADate", sell({ firstDay: "2026-02-30" })],
    ["startInPast", sell({ firstDay: "2026-01-30" })],
    ["startTooFar", sell({ firstDay: "2027-03-01" })],
    ["priceChanged", sell({ months: 6 })],
    ["shiftMissing", sell({ till: { till: "office", shift: null } })],
    ["tillMissing", sell({ till: null, means: "cash" })],
    ["seasonTicketUnknown", { type: "RenewSeasonTicket", ticket: "season-000009", months: 3, priceMinor: 20_000, means: "cash", till: TILL }],
    ["cardUnknown", { type: "BlockCard", card: card("s9"), reason: "lost" }],
    ["companyUnknown", { type: "IssueGuardCard", company: "gamma", card: card("g1") }],
  ] as [string, OperatorCommand][])("refuses: %s", (gives, command) => {
    expect(desk().give(0, command)).toBe(gives);
  });

  it("does not sell before prices are known", () => {
    expect(desk(false).give(0, sell())).toBe("operatorNotConfigured");
  });

  it("starts in the future, is renewed without a gap, and never sold twice on one card", () => {
    const d = desk();
    d.give(0, sell({ firstDay: "2026-03-02" }));
    expect(d.give(1, sell())).toBe("cardInUse");
    expect(d.give(40 * DAY, { type: "RenewSeasonTicket", ticket: "season-000001", months: 12, priceMinor: 50_000, means: "cash", till: TILL }))
      .toBe("SeasonTicketRenewed CardRightChanged");
    const right = d.log.at(-1);
    expect(right).toMatchObject({ right: { validFrom: Date.UTC(2026, 2, 1, 13), validUntil: Date.UTC(2027, 5, 3, 14) } });
  });

  it("replaces a lost card: the old one is blocked for ever, the new one has the right", () => {
    const d = desk();
    d.give(0, sell());
    d.give(1, { type: "BlockCard", card: card("s1"), reason: "lost" });
    expect(d.give(2, { type: "ReplaceSeasonCard", ticket: "season-000001", card: card("s1"), reason: "lost" })).toBe("cardInUse");
    expect(d.give(2, { type: "ReplaceSeasonCard", ticket: "season-000001", card: card("s2"), reason: " " })).toBe("reasonMissing");
    expect(d.give(2, { type: "ReplaceSeasonCard", ticket: "season-000001", card: card("s2"), reason: "lost" }))
      .toBe("SeasonCardReplaced CardRightChanged CardRightChanged");
    const rights = d.log.slice(-2).map((e) => (e.type === "CardRightChanged" ? [e.card, e.right.blocked] : e.type));
    expect(rights).toEqual([["s1", true], ["s2", false]]);
    expect(d.give(3, { type: "UnblockCard", card: card("s1"), reason: "found" })).toBe("cardReplaced");
  });
});

describe("security companies", () => {
  it("issue the contract's number of cards, each also a free right at the barriers", () => {
    const d = desk();
    d.give(0, { type: "SetSecurityCompany", company: "alpha", name: "Alpha Security" });
    expect(d.give(1, { type: "IssueGuardCard", company: "alpha", card: card("g1") })).toBe("contractMissing");
    expect(d.give(1, { type: "SetSecurityContract", company: "alpha", contract: CONTRACT })).toBe("SecurityContractSet");
    expect(d.give(2, { type: "IssueGuardCard", company: "alpha", card: card("g1") }))
      .toBe("GuardCardIssued CardRightChanged GuardCardChanged");
    expect(d.give(3, { type: "IssueGuardCard", company: "alpha", card: card("g2") })).toBe("cardsExhausted");
    expect(d.give(4, { type: "BlockCard", card: card("g1"), reason: "lost" })).toBe("CardBlocked CardRightChanged GuardCardChanged");
    expect(d.give(5, { type: "IssueGuardCard", company: "alpha", card: card("g2") }))
      .toBe("GuardCardIssued CardRightChanged GuardCardChanged");
  });

  it.each([
    ["noFacility", { duties: [], cards: 1 }],
    ["facilityTwice", { duties: [CONTRACT.duties[0]!, CONTRACT.duties[0]!], cards: 1 }],
    ["cards", { ...CONTRACT, cards: 0 }],
    ["visitsPerDay", { duties: [{ ...CONTRACT.duties[0]!, visitsPerDay: 0 }], cards: 1 }],
    ["visitDuration", { duties: [{ ...CONTRACT.duties[0]!, maxVisitMs: 5 }], cards: 1 }],
  ])("an impossible contract is refused: %s", (why, contract) => {
    const d = desk();
    d.give(0, { type: "SetSecurityCompany", company: "alpha", name: "Alpha Security" });
    const { refusal } = decideOperator(d.state, { type: "SetSecurityContract", company: "alpha", contract }, { now: START, actor: "anna" });
    expect(refusal).toEqual({ type: "contractImpossible", why });
  });
});

describe("what car parks learn", () => {
  it("every car park learns every card; each office the maximum visit of its own car park", () => {
    const d = desk();
    d.give(0, { type: "SetSecurityCompany", company: "alpha", name: "Alpha Security" });
    d.give(1, { type: "SetSecurityContract", company: "alpha", contract: CONTRACT });
    d.give(2, { type: "IssueGuardCard", company: "alpha", card: card("g1") });
    d.give(3, sell());
    const commands = d.log.flatMap((e, index) => facilityCommandsOf(e, index + 1, [CENTRAL, NORTH]));
    expect(commands.map(({ facility, command }) => `${facility} ${command.type}`)).toEqual([
      "central LearnCardRight", "north LearnCardRight", "central LearnGuardCard", "north LearnGuardCard", "central LearnSeasonSale",
      "central LearnCardRight", "north LearnCardRight",
    ]);
    expect(commands[2]).toMatchObject({ command: { operatorSeq: 6, guard: { maxVisitMs: 2 * HOUR, facilities: ["central"] } } });
  });

  it("tells all cards again when a car park joins", () => {
    const d = desk();
    d.give(0, sell());
    const config = { ...CONFIG, facilities: [...CONFIG.facilities, { id: "south" as FacilityId, zone: "Australia/Sydney", currency: "AUD", groups: ["all", "season", "ordinary", "contract"] }] };
    expect(d.give(1, { type: "ConfigureOperator", config }, null)).toBe("OperatorConfigured CardRightChanged");
    expect(d.give(2, { type: "ConfigureOperator", config }, null)).toBe("nothingToDo");
    expect(d.give(3, { type: "ConfigureOperator", config: { ...CONFIG, facilities: [] } }, null)).toBe("facilityStillSold");
  });
});

describe("invariants", () => {
  const anyCard = fc.constantFrom("a", "b", "c", "d").map(card);
  const anyMonths = fc.constantFrom(3 as const, 6 as const, 12 as const);
  const anyTicket = fc.constantFrom("season-000001", "season-000002");
  const anyCommand: fc.Arbitrary<OperatorCommand> = fc.oneof(
    fc.tuple(anyCard, anyMonths).map(([c, months]) => sell({ card: c, months, firstDay: "2026-12-31", priceMinor: SEED_SEASON_PRICES.priceMinor[months] })),
    fc.tuple(anyTicket, anyMonths).map(([ticket, months]): OperatorCommand => ({ type: "RenewSeasonTicket", ticket, months, priceMinor: SEED_SEASON_PRICES.priceMinor[months], means: "cash", till: TILL })),
    fc.tuple(anyTicket, anyCard).map(([ticket, c]): OperatorCommand => ({ type: "ReplaceSeasonCard", ticket, card: c, reason: "lost" })),
    anyCard.map((c): OperatorCommand => ({ type: "BlockCard", card: c, reason: "lost" })),
    anyCard.map((c): OperatorCommand => ({ type: "UnblockCard", card: c, reason: "found" })),
    anyCard.map((c): OperatorCommand => ({ type: "IssueGuardCard", company: "alpha", card: c })),
    anyCard.map((c): OperatorCommand => ({ type: "IssueServiceCard", card: c, holder: HOLDER, facilities: [NORTH] })),
    fc.integer({ min: 1, max: 3 }).map((cards): OperatorCommand => ({ type: "SetSecurityContract", company: "alpha", contract: { ...CONTRACT, cards } })),
  );

  it("F6, I6: a replay gives the same state, the last word on each card is its right now, and each sale has the table's price", () => {
    fc.assert(fc.property(fc.array(anyCommand, { maxLength: 25 }), (commands) => {
      const d = desk();
      d.give(0, { type: "SetSecurityCompany", company: "alpha", name: "Alpha Security" });
      commands.forEach((command, index) => d.give(index * DAY, command));
      const again = emptyOperator();
      for (const event of d.log) evolveOperator(again, event);
      expect(canonicalJson(again)).toBe(canonicalJson(d.state));
      const told = new Map<string, boolean>();
      for (const e of d.log) if (e.type === "CardRightChanged") told.set(e.card, e.right.blocked);
      expect([...told.keys()].sort()).toEqual([...d.state.cards.keys()].sort());
      for (const ticket of d.state.seasonTickets.values()) expect(told.get(ticket.card)).toBe(ticket.blocked);
      for (const e of d.log) {
        if (e.type === "SeasonTicketSold" || e.type === "SeasonTicketRenewed") {
          expect(e.priceMinor).toBe(SEED_SEASON_PRICES.priceMinor[e.period.months]);
        }
      }
    }));
  });
});
