/** What staff order from the live page. Shared with the intercom, where the same barrier is opened. */
import type { AdjustCountBody, CashBoxBody, HopperEmptyBody, HopperFillBody, NoteBody, OpenLaneBody, SetLaneModeBody } from "../../../api/contract/acts.ts";
import type { GroupView, LaneView, StationView } from "../../../api/contract/live.ts";
import { type Acts, useActs } from "../../act/acts.tsx";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { liveWords } from "./words.ts";

const LANE_MODES = ["automatic", "closed", "heldOpen", "outOfService"] as const;
/** More coins than any hopper holds, and more pieces than any cash box. */
const COINS_MAX = 10_000;
const BOX_MAX = 100_000;

type StationModeBody = { readonly mode: "inService" | "outOfService"; readonly reason: string };

const denominations = (station: StationView): readonly number[] =>
  [...new Set([...station.tenders.coins, ...station.tenders.notes, ...station.cashBox.map((row) => row.denominationMinor)])].toSorted((a, b) => a - b);

const VEHICLES_MAX = 10_000;

export type LiveActs = ReturnType<typeof useLiveActs>;

export function useLiveActs(facility: string, currency: string) {
  const t = useWords(liveWords);
  const shared = useShared();
  const format = useFormat();
  const acts: Acts = useActs();
  const at = `/facilities/${facility}`;
  const reasons = [t("reason.queue"), t("reason.ticketFault"), t("reason.paidElsewhere"), t("reason.deviceFault"), t("reason.emergency"), t("reason.delivery")];
  const reason = { kind: "text", name: "reason", label: t("reason"), suggestions: reasons } as const;
  const plainReason = { kind: "text", name: "reason", label: t("reason") } as const;
  const coins = (station: StationView) => station.hoppers.map((hopper) => ({ value: String(hopper.denominationMinor), label: format.money(hopper.denominationMinor, currency) }));
  const withReason = (title: string, explain: string, path: string, tone: "plain" | "danger", extra: object = {}) =>
    acts.ask({ title, explain, confirm: title, tone, fields: [plainReason], path: `${at}${path}`, body: (values) => ({ ...extra, ...values }), done: t("done") });
  return {
    openLane: (lane: { readonly id: string; readonly name: string }, ticket?: string) => acts.ask({
      title: t("openTitle", { lane: lane.name }), explain: t("openExplain"), confirm: t("open"), tone: "danger", fields: [reason],
      path: `${at}/lanes/${lane.id}/open`, body: (values): OpenLaneBody => (ticket === undefined ? values : { ...values, ticket }), done: t("opened", { lane: lane.name }),
    }),
    setMode: (lane: LaneView) => acts.ask({
      title: t("setMode", { lane: lane.name }), explain: t("modeExplain"), confirm: t("setMode", { lane: lane.name }),
      fields: [{ kind: "choice", name: "mode", label: t("mode"), initial: lane.mode, choices: LANE_MODES.map((mode) => ({ value: mode, label: shared(`laneMode.${mode}`) })) }, plainReason],
      path: `${at}/lanes/${lane.id}/mode`, body: ({ mode, reason: why }): SetLaneModeBody => ({ mode: LANE_MODES.find((each) => each === mode) ?? "automatic", reason: why }),
      done: t("modeSet", { lane: lane.name }),
    }),
    closeCarPark: () => withReason(t("closeCarPark"), t("closeCarParkExplain"), "/mode", "danger", { mode: "closed" }),
    openCarPark: () => withReason(t("openCarPark"), t("openCarParkExplain"), "/mode", "plain", { mode: "open" }),
    raiseFire: () => acts.ask({ title: t("raiseFire"), explain: t("raiseFireExplain"), confirm: t("raiseFire"), tone: "danger", fields: [], path: `${at}/fire-alarm/raise`, body: () => undefined, done: t("done") }),
    resetFire: () => withReason(t("resetFire"), t("resetFireExplain"), "/fire-alarm/reset", "danger"),
    leaveSafe: () => withReason(t("leaveSafe"), t("leaveSafeExplain"), "/safe-mode/leave", "danger"),
    note: (subject = "") => acts.ask({
      title: t("note"), confirm: t("note"), fields: [{ kind: "lines", name: "text", label: t("noteText") }, { kind: "text", name: "subject", label: t("noteSubject"), optional: true, lengthMax: 60, initial: subject }],
      path: `${at}/notes`, body: ({ text, subject: about }): NoteBody => (about === undefined ? { text } : { text, subject: about }), done: t("noteDone"),
    }),
    fill: (station: StationView) => acts.ask({
      title: t("fillTitle", { station: station.name }), confirm: t("fill"),
      fields: [{ kind: "choice", name: "coin", label: t("denomination"), choices: coins(station) }, { kind: "integer", name: "count", label: t("count"), min: 1, max: COINS_MAX }],
      path: `${at}/stations/${station.id}/hopper/fill`,
      body: ({ coin, count }): HopperFillBody => ({ denominationMinor: Number(coin), count }), done: t("filled"),
    }),
    emptyHopper: (station: StationView) => acts.ask({
      title: t("emptyTitle", { station: station.name }), confirm: t("emptyHopper"), tone: "danger",
      fields: [{ kind: "choice", name: "coin", label: t("denomination"), choices: coins(station) }, { kind: "integer", name: "counted", label: t("counted"), min: 0, max: COINS_MAX }],
      path: `${at}/stations/${station.id}/hopper/empty`, body: ({ coin, counted }): HopperEmptyBody => ({ denominationMinor: Number(coin), counted }), done: t("emptied"),
    }),
    exchangeCashBox: (station: StationView) => acts.ask({
      title: t("exchangeTitle", { station: station.name }), explain: t("exchangeExplain"), confirm: t("exchange"), tone: "danger",
      fields: denominations(station).map((value) => ({ kind: "integer" as const, name: String(value), label: t("countedOf", { value: format.money(value, currency) }), min: 0, max: BOX_MAX, initial: 0 })),
      path: `${at}/stations/${station.id}/cash-box/exchange`,
      body: (values): CashBoxBody => ({ counted: denominations(station).map((value) => ({ denominationMinor: value, count: values[String(value)] ?? 0 })) }), done: t("exchanged"),
    }),
    setStationMode: (station: StationView) => acts.ask({
      title: t(station.inService ? "takeOut" : "putIn", { station: station.name }), confirm: t(station.inService ? "takeOutShort" : "putInShort"), tone: station.inService ? "danger" : "plain",
      fields: [plainReason], path: `${at}/stations/${station.id}/mode`, body: (values): StationModeBody => ({ mode: station.inService ? "outOfService" : "inService", ...values }), done: t("done"),
    }),
    abandonPayout: (station: StationView) => withReason(t("abandonPayout"), t("abandonPayoutExplain"), `/stations/${station.id}/payout/abandon`, "danger"),
    resetCounters: (station: StationView) => withReason(t("resetCounters"), t("resetCountersExplain"), `/stations/${station.id}/counters/reset`, "danger"),
    adjust: (group: GroupView) => acts.ask({
      title: t("adjustTitle", { group: group.name }), explain: t("adjustExplain", { occupied: group.occupied }), confirm: t("adjust"),
      fields: [{ kind: "integer", name: "actual", label: t("actual"), min: 0, max: VEHICLES_MAX }, plainReason],
      follows: ({ actual }) => (actual === undefined ? null : `${actual - group.occupied > 0 ? "+" : ""}${actual - group.occupied}`),
      path: `${at}/counts/adjust`, body: ({ actual, reason: why }): AdjustCountBody => ({ group: group.id, delta: actual - group.occupied, reason: why }), done: t("adjusted"),
    }),
  };
}
