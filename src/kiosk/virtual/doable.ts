/**
 * What can be done next with the chosen car, as a list of buttons in a fixed order: what a careful driver
 * would do first, then the other honest things, then trouble. The first nine answer to the keys 1 to 9.
 */
import type { CityAction } from "../../simulator/world/action.ts";
import type { ActionName, StationView, VehicleView, WorldView } from "../../simulator/world/view.ts";
import { moneyText } from "../../messages/format.ts";
import type { Locale } from "../../messages/locale.ts";
import { t } from "../../messages/t.ts";
import { isServing, stationOfDriver } from "./guide.ts";
import { say } from "./words.ts";

export type Doable = {
  readonly id: string;
  readonly label: string;
  readonly action: CityAction;
  readonly kind: "next" | "also" | "trouble";
  /** Belongs to the coin, note and card openings of the machine. */
  readonly tender: boolean;
};

export type Names = { readonly lane: (id: string) => string; readonly station: (id: string) => string; readonly currency: string };

const TENDERS: readonly ActionName[] = ["insertCoin", "insertNote", "chooseCard"];
const TROUBLE: readonly ActionName[] = ["coverPlate", "backOut", "tailgate", "loseTicket", "damageTicket", "insertInvalid", "leave"];

/** Honest actions, most natural first. */
const ORDER: readonly ActionName[] = [
  "takeTicket", "takeCard", "takeFromTray", "acceptRetention", "driveForward", "presentCard", "showCode", "showPaymentCard", "pressButton", "insertTicket", "insertCoin",
  "insertNote", "chooseCard", "pressReceipt", "driveToExit", "walkToStation", "walkBack", "extendPayment", "cancel", "callHelp",
];

export function doables(locale: Locale, world: WorldView, vehicle: VehicleView, names: Names): readonly Doable[] {
  const best = recommended(world, vehicle);
  const found = [...ORDER, ...TROUBLE].filter((name) => vehicle.can.includes(name))
    .flatMap((name) => variantsOf(locale, world, vehicle, name, names));
  const first = found.findIndex((one) => one.action.type === best?.type && (!best.minor || minorOf(one.action) === best.minor));
  return found.map((one, i) => (i === first ? { ...one, kind: "next" as const } : one))
    .sort((a, b) => RANK[a.kind] - RANK[b.kind]);
}

const RANK = { next: 0, also: 1, trouble: 2 };
const minorOf = (action: CityAction): number | null => ("denominationMinor" in action ? action.denominationMinor : null);

type Best = { readonly type: ActionName; readonly minor?: number };

/** The one thing a careful driver does now; null while there is nothing but waiting. */
export function recommended(world: WorldView, vehicle: VehicleView): Best | null {
  const can = (name: ActionName) => vehicle.can.includes(name);
  const station = stationOfDriver(world, vehicle);
  if (can("takeFromTray") && !station?.ticketIn) return { type: "takeFromTray" };
  if (can("acceptRetention")) return { type: "acceptRetention" };
  if (can("insertCoin") || can("insertNote")) return bestTender(station, can);
  const settled = vehicle.ticket === null || vehicle.ticket.paid !== null;
  const byHand: readonly ActionName[] = vehicle.hasCard && !isRefused(world, vehicle)
    ? ["takeCard", "driveForward", "presentCard"]
    : ["takeCard", "takeTicket", "driveForward", ...(vehicle.can.includes("showCode") ? ["showCode" as const] : []), ...paysHere(world, vehicle), "pressButton"];
  if (vehicle.place.in === "lane") return firstOf([...byHand, "insertTicket", ...(isStranded(world, vehicle) ? ["callHelp" as const] : [])], can);
  if (station && isServing(station, vehicle)) return null;
  if (vehicle.driver.at === "station") return firstOf(settled ? ["walkBack"] : ["insertTicket", "walkBack"], can);
  return firstOf(settled ? ["driveToExit", "walkBack"] : ["walkToStation", "walkBack", "driveToExit"], can);
}

const firstOf = (names: readonly ActionName[], can: (name: ActionName) => boolean): Best | null => {
  const name = names.find(can);
  return name === undefined ? null : { type: name };
};

/** The camera is looking, or the pillar asks for money: then a payment card does it. */
const paysHere = (world: WorldView, { place }: VehicleView): readonly ActionName[] => {
  const key = place.in === "lane" ? world.lanes.find((one) => one.lane === place.lane)?.display?.key : undefined;
  return key === "payHere" || key === "identify" ? ["showPaymentCard"] : [];
};

/** The pillar just said no: a card that is not taken leaves the button. */
const isRefused = (world: WorldView, { place }: VehicleView): boolean =>
  place.in === "lane" && world.lanes.some((one) => one.lane === place.lane && one.display?.key === "refused");

/** At an exit that asks for a ticket, without one: only the attendant can help. */
function isStranded(world: WorldView, { place, ticket, hasCard }: VehicleView): boolean {
  const lane = place.in === "lane" ? world.lanes.find((one) => one.lane === place.lane) : undefined;
  const asked = lane?.display?.key === "insertTicket" || lane?.display?.key === "refused";
  return lane?.direction === "exit" && asked && lane.mouth === null && ticket === null && !hasCard;
}

/** So many coins of one kind a driver puts in one by one before reaching for a note. */
const COINS_IN_A_ROW_MAX = 5;

/** As drivers do: a handful of the second largest coin, seldom exact, so that change falls; for more, notes. */
function bestTender(station: StationView | null, can: (name: ActionName) => boolean): Best | null {
  const screen = station?.output?.screen;
  const remaining = screen && "remainingMinor" in screen ? screen.remainingMinor : 0;
  const coins = can("insertCoin") ? station?.output?.coins ?? [] : [];
  const notes = can("insertNote") ? station?.output?.notes ?? [] : [];
  const coin = coins.at(-2) ?? coins.at(-1);
  if (coin !== undefined && remaining <= coin * COINS_IN_A_ROW_MAX) return { type: "insertCoin", minor: coin };
  const note = notes.filter((minor) => minor <= remaining).at(-1);
  if (note !== undefined) return { type: "insertNote", minor: note };
  return coin === undefined ? null : { type: "insertCoin", minor: coins.at(-1) ?? coin };
}

function variantsOf(locale: Locale, world: WorldView, vehicle: VehicleView, name: ActionName, names: Names): readonly Doable[] {
  const id = vehicle.id;
  const output = stationOfDriver(world, vehicle)?.output ?? null;
  const money = (minor: number) => moneyText(locale, minor, names.currency);
  const one = (action: CityAction, label: string, suffix = ""): Doable =>
    ({ id: name + suffix, label, action, kind: TROUBLE.includes(name) ? "trouble" : "also", tender: TENDERS.includes(name) });
  switch (name) {
    case "arrive": return [];
    case "insertCoin":
      return (output?.coins ?? []).map((denominationMinor) =>
        one({ type: name, vehicle: id, denominationMinor }, say(locale, "act.insertCoin", { amount: money(denominationMinor) }),
          String(denominationMinor)));
    case "insertNote":
      return (output?.notes ?? []).map((denominationMinor) =>
        one({ type: name, vehicle: id, denominationMinor }, say(locale, "act.insertNote", { amount: money(denominationMinor) }),
          String(denominationMinor)));
    case "insertInvalid":
      return [one({ type: name, vehicle: id, kind: "coin" }, say(locale, "act.insertInvalid")),
        one({ type: name, vehicle: id, kind: "note" }, say(locale, "act.insertTornNote"), "note")];
    case "chooseCard":
      return (output?.cards ?? []).map((scheme) =>
        one({ type: name, vehicle: id, scheme }, say(locale, "act.chooseScheme", { scheme: t(locale, `cardScheme.${scheme}`) }), scheme));
    case "walkToStation":
      return world.stations.length < 2 ? [one({ type: name, vehicle: id }, say(locale, "act.walkToStation"))]
        : world.stations.map(({ station }) =>
          one({ type: name, vehicle: id, station }, say(locale, "act.walkToStationNamed", { name: names.station(station) }), station));
    case "driveToExit": {
      const exits = world.lanes.filter((lane) => lane.direction === "exit");
      return exits.length < 2 ? [one({ type: name, vehicle: id }, say(locale, "act.driveToExit"))]
        : exits.map(({ lane }) => one({ type: name, vehicle: id, lane }, say(locale, "act.driveToExitNamed", { name: names.lane(lane) }), lane));
    }
    case "driveForward": {
      const place = vehicle.place;
      const lane = place.in === "lane" ? world.lanes.find((each) => each.lane === place.lane) : null;
      const key = lane ? (lane.direction === "entry" ? "act.driveIn" : "act.driveOut") : "act.driveForward";
      return [one({ type: name, vehicle: id }, say(locale, key))];
    }
    case "showPaymentCard":
      return [one({ type: name, vehicle: id }, say(locale, "act.showPaymentCard")),
        { ...one({ type: name, vehicle: id, answer: "decline" }, say(locale, "act.showDeclinedCard"), "declined"), kind: "trouble" }];
    case "coverPlate":
      return [one({ type: name, vehicle: id }, say(locale, vehicle.plateCovered ? "act.wipePlate" : "act.coverPlate"))];
    case "showCode": case "pressButton": case "takeTicket": case "presentCard": case "takeCard": case "backOut": case "tailgate": case "loseTicket":
    case "damageTicket": case "insertTicket": case "walkBack": case "cancel": case "pressReceipt": case "extendPayment":
    case "acceptRetention": case "takeFromTray": case "callHelp": case "leave":
      return [one({ type: name, vehicle: id }, say(locale, `act.${name}`))];
  }
}
