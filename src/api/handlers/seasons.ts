/** Handlers of season tickets. Holders go to the vault with the sale; the journal gets a random reference. */
import { dateText } from "../../kernel/calendar.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { present } from "../../kernel/assert.ts";
import { SEASON_MONTHS } from "../../rights/season.ts";
import type { SaleTill, SeasonTicket } from "../../carpark/operator/season-ticket.ts";
import type { OperatorCommand } from "../../carpark/operator/operator.ts";
import { seasons } from "../../carpark/readmodels/seasons.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Routes } from "../contract/routes.ts";
import type { SeasonTicketView } from "../contract/seasons.ts";
import { trouble } from "../http/problem.ts";
import { randomRef } from "../http/random.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { type Asking, carryOperator } from "./carry.ts";
import { TILL, given } from "./office.ts";
import { cardOf, facilityIdOf } from "./records.ts";

type Seasons = Pick<
  Routes,
  "seasonPrices" | "seasons" | "season" | "searchSeasons" | "sellSeason" | "renewSeason" | "replaceSeasonCard" | "blockSeason" | "unblockSeason"
>;

export function seasonHandlers(site: Site): { readonly [N in keyof Seasons]: RouteHandler<Seasons[N]> } {
  const view = (ticket: DeepReadonly<SeasonTicket>) => seasonView(site, ticket);
  const changed = async (season: string | null, command: OperatorCommand, asking: Asking) => {
    const done = await carryOperator(site, command, asking);
    if ("trouble" in done) return done;
    const sold = done.carried.events.find((event) => event.type === "SeasonTicketSold");
    const ticket = present(site.operator.state.seasonTickets.get(season ?? sold?.ticket ?? ""), "season ticket");
    return { answer: { seq: done.carried.seq, at: done.carried.at, season: view(ticket) } };
  };
  const setBlocked = (type: "BlockCard" | "UnblockCard", season: string, reason: string, asking: Asking) => {
    const ticket = site.operator.state.seasonTickets.get(season);
    if (!ticket) return { trouble: trouble("notFound", `There is no season ticket ${season}.`) };
    return changed(ticket.id, { type, card: ticket.card, reason }, asking);
  };
  return {
    seasonPrices: () => ({
      answer: { currency: site.city.currency, rows: SEASON_MONTHS.map((months) => ({ months, priceMinor: site.city.seasonPrices[months] })) },
    }),
    seasons: async ({ query }) => {
      await site.reads.caughtUp("seasons");
      const page = await seasons(site.reads.db, {
        facility: query.facility, validOn: query.valid === true ? todayIn(site, query.facility) : undefined, rows: query.rows, after: query.after,
      });
      const rows = page.rows.flatMap(({ ticket }) => {
        const known = site.operator.state.seasonTickets.get(ticket);
        return known ? [view(known)] : [];
      });
      return { answer: { rows, next: page.next } };
    },
    season: async ({ params }) => {
      const ticket = site.operator.state.seasonTickets.get(params.season);
      if (!ticket) return { trouble: trouble("notFound", `There is no season ticket ${params.season}.`) };
      const holders = await site.holders.open([ticket.holder]);
      return { answer: { season: view(ticket), holder: holders.get(ticket.holder) ?? null } };
    },
    searchSeasons: async ({ body }) => {
      const refs = new Set(await site.holders.search(body.text));
      const found = [...site.operator.state.seasonTickets.values()].filter((ticket) => refs.has(ticket.holder)).slice(0, HITS_MAX);
      const holders = await site.holders.open(found.map((ticket) => ticket.holder));
      return { answer: { rows: found.map((ticket) => ({ season: view(ticket), holder: holders.get(ticket.holder) ?? null })) } };
    },
    sellSeason: (asked) => {
      const { facility, months, startsOn, holder, priceMinor, means } = asked.body;
      const till = tillOf(site, facility, asked.body.till);
      const { ref, vault } = site.holders.keep(holder);
      const command = {
        type: "SellSeasonTicket", facility: facilityIdOf(facility), months, firstDay: startsOn, holder: ref, card: cardOf(randomRef("card")), priceMinor, means, till,
        ...given("reference", asked.body.reference),
      } as const;
      return changed(null, command, { ...asked, vault });
    },
    renewSeason: (asked) => {
      const { months, priceMinor, means } = asked.body;
      const facility = site.operator.state.seasonTickets.get(asked.params.season)?.facility ?? "";
      const till = tillOf(site, facility, asked.body.till);
      return changed(asked.params.season, { type: "RenewSeasonTicket", ticket: asked.params.season, months, priceMinor, means, till, ...given("reference", asked.body.reference) }, asked);
    },
    replaceSeasonCard: (asked) => changed(
      asked.params.season,
      { type: "ReplaceSeasonCard", ticket: asked.params.season, card: cardOf(randomRef("card")), reason: asked.body.reason },
      asked,
    ),
    blockSeason: (asked) => setBlocked("BlockCard", asked.params.season, asked.body.reason, asked),
    unblockSeason: (asked) => setBlocked("UnblockCard", asked.params.season, asked.body.reason, asked),
  };
}

/** The till that takes the money, with its open shift as the car park knows it now. */
function tillOf(site: Site, facility: string, till = TILL): SaleTill {
  return { till, shift: site.facilities.get(facility)?.core.state.shifts.get(till)?.shift ?? null };
}

/** Hits of one search; more means the search was too short to be useful. */
const HITS_MAX = 50;

const zoneNameOf = (site: Site, facility: string | undefined): string =>
  (facility === undefined ? undefined : site.facilities.get(facility)?.core.state.config?.zone) ?? site.city.zone;

function todayIn(site: Site, facility: string | undefined): string {
  const zone = zoneOf(zoneNameOf(site, facility));
  return dateText(present(zone.ok ? zone.value : null, "zone").dayNumberAt(site.now()));
}

function seasonView(site: Site, ticket: DeepReadonly<SeasonTicket>): SeasonTicketView {
  const periods = ticket.periods.map(({ firstDay, expiryDay, months }) => ({ firstDay: dateText(firstDay), expiresOn: dateText(expiryDay), months }));
  const first = present(periods[0], "first period");
  const last = present(periods.at(-1), "last period");
  const today = todayIn(site, ticket.facility);
  const current = periods.some(({ firstDay, expiresOn }) => firstDay <= today && today <= expiresOn);
  const state = ticket.blocked ? "blocked" : current ? "valid" : today > last.expiresOn ? "expired" : "future";
  return {
    season: ticket.id, facility: ticket.facility, issuedAt: ticket.issuedAt, validFrom: first.firstDay, expiresOn: last.expiresOn, periods, state,
    card: ticket.card,
  };
}
