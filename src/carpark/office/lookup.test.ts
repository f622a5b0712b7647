import { expect, it } from "vitest";
import { HOUR } from "../../kernel/instant.ts";
import { siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { type TicketSearch, ticketsFound } from "./lookup.ts";

const s = siteOf(siteConfig({ ordinary: 9, season: 1 }), testTariff).at("08:00");
const first = s.enter("E1");
const second = s.at(s.now + HOUR).enter("E2");
const third = s.at(s.now + HOUR).enter("E1");
s.give({ type: "ReplaceTicket", ticket: second, reason: "torn" }, "ann");
const replacement = s.last("TicketReplaced").number;
const issued = (number: typeof first): number => s.state.tickets.get(number)?.issuedAt ?? 0;

it.each<[string, TicketSearch, string[]]>([
  ["by number", { number: first }, [first]],
  ["by the legible part of it, typed with hyphens", { number: "07-0000003" }, [third]],
  ["by entry time, both ends included", { from: issued(second), to: issued(second) }, [replacement, second]],
  ["by machine", { machine: "E1" }, [third, first]],
  ["by the office that replaced it", { machine: "office" }, [replacement]],
  ["by state", { state: "void" }, [second]],
  ["nothing", { number: "99" , machine: "E2" }, []],
])("a ticket is found %s", (_, search, expected) => {
  expect(ticketsFound(s.state, search).tickets.map((t) => t.number)).toEqual(expected);
});
