/** What the machine shows: its sentence, the amounts, how they came about, and the buttons that make sense now. */
import type { PublicView, StationView } from "../../api/contract/live.ts";
import type { ActionName } from "../../simulator/world/view.ts";
import { moneyText, timeText } from "../../messages/format.ts";
import type { Locale } from "../../messages/locale.ts";
import type { SiteWords } from "../../messages/site.ts";
import { t } from "../../messages/t.ts";
import { isMessageKey, wordsText } from "../../messages/words.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { say } from "./words.ts";

type Press = "cancel" | "pressReceipt" | "extendPayment" | "acceptRetention" | "callHelp";
type ScreenProps = {
  readonly view: PublicView; readonly station: StationView; readonly site: SiteWords; readonly now: number;
  readonly can: readonly ActionName[]; readonly press: (name: Press) => void;
};

export function Screen({ view, station, site, now, can, press }: ScreenProps) {
  const { locale } = usePrefs();
  const { transaction, screen } = station;
  const asked = screen.key === "screen.askRetention";
  const waitsForDriver = asked || screen.key === "screen.charge" || screen.key === "screen.reminder";
  const remark = screen.params["remark"];
  const remarkKey = `remark.${String(remark)}`;
  return (
    <section className="lcdBig" aria-label={say(locale, "page.title")}>
      <p className={`sentence ${lookOf(screen.key)}`} role="status">
        <Icon look={lookOf(screen.key)} />{sentenceOf(locale, station, site)}
      </p>
      {typeof remark === "string" && isMessageKey(remarkKey) && <p className="remark" role="alert">
        {t(locale, remarkKey as "remark.coinReturned")}
      </p>}
      {transaction && <Amounts transaction={transaction} site={site} asked={asked} />}
      {!station.inService && <Fault view={view} station={station} />}
      {station.call !== null && <p className="notice" role="status">{say(locale, `call.${station.call}`)}</p>}
      {waitsForDriver && transaction?.until != null && transaction.startedAt !== null && (
        <Countdown until={transaction.until} started={transaction.startedAt} now={now}
          onMore={can.includes("extendPayment") ? () => press("extendPayment") : null} />
      )}
      <div className="buttons">
        {can.includes("acceptRetention") && <button type="button" className="primary"
          onClick={() => press("acceptRetention")}>{say(locale, "button.continue")}</button>}
        {can.includes("cancel") && <button type="button" className="danger" onClick={() => press("cancel")}>
          {say(locale, "button.cancel")}
        </button>}
        {can.includes("pressReceipt") && <button type="button" className="primary"
          onClick={() => press("pressReceipt")}>{say(locale, "button.receipt")}</button>}
        {can.includes("callHelp") && <button type="button" disabled={station.call !== null}
          onClick={() => press("callHelp")}>{say(locale, "button.help")}</button>}
      </div>
      {station.state === "idle" && station.inService && screen.key !== "screen.enterPlate" && <p className="dim">{say(locale, "lost.ticket")}</p>}
    </section>
  );
}

/** While the amounts stand below, the sentence says how to pay instead of repeating them. */
function sentenceOf(locale: Locale, station: StationView, site: SiteWords): string {
  if (station.screen.key !== "screen.charge" || !station.cashEnabled) return wordsText(locale, station.screen, site);
  return say(locale, station.cardEnabled ? "charge.means" : "charge.coinsOnly");
}

type Look = "good" | "bad" | "ask";

function lookOf(key: string): Look {
  if (["screen.paid", "screen.paidNotPrinted", "screen.nothingDue", "screen.alreadyPaid"].includes(key)) return "good";
  return key.startsWith("notice.") || key === "screen.outOfService" ? "bad" : "ask";
}

/** State is never told by colour alone. */
function Icon({ look }: { readonly look: Look }) {
  return <span className="icon" aria-hidden="true">{look === "good" ? "✓" : look === "bad" ? "!" : "→"}</span>;
}

type Transaction = NonNullable<StationView["transaction"]>;
/** `asked`: the driver is being asked whether part of the change may come as a slip. */
type AmountsProps = { readonly transaction: Transaction; readonly site: SiteWords; readonly asked: boolean };

function Amounts({ transaction, site, asked }: AmountsProps) {
  const { locale } = usePrefs();
  const money = (minor: number) => moneyText(locale, minor, site.currency);
  const open = transaction.startedAt !== null && !asked;
  return (
    <>
      <dl className="amounts">
        <div className="due"><dt>{say(locale, "charge.toPay")}</dt><dd>{money(transaction.chargeMinor)}</dd></div>
        <div><dt>{say(locale, "charge.inserted")}</dt><dd>{money(transaction.insertedMinor)}</dd></div>
        {open
          ? <div className="remaining"><dt>{say(locale, "charge.remaining")}</dt><dd>{money(Math.max(0, transaction.remainingMinor))}</dd></div>
          : <div className="remaining"><dt>{say(locale, "charge.change")}</dt><dd>{money(transaction.changeMinor)}</dd></div>}
        {transaction.retainedMinor > 0 && <div><dt>{say(locale, "charge.retained")}</dt><dd>{money(transaction.retainedMinor)}</dd></div>}
      </dl>
      {!asked && transaction.retains.length > 0 && (
        <p className="notice">{say(locale, "charge.shortChange", { list: transaction.retains.map((one) => money(one.denominationMinor)).join(", ") })}</p>
      )}
      {transaction.lines.length > 0 && <Lines transaction={transaction} site={site} />}
    </>
  );
}

/** A week of hours is summed up by the amount; the first and last lines tell the rest. */
const LINES_SHOWN_MAX = 8;

function Lines({ transaction, site }: { readonly transaction: Transaction; readonly site: SiteWords }) {
  const { locale } = usePrefs();
  const time = (at: number) => timeText(locale, at, site.zone);
  const { lines } = transaction;
  const shown = lines.length <= LINES_SHOWN_MAX ? lines : [...lines.slice(0, LINES_SHOWN_MAX - 1), null, lines[lines.length - 1]!];
  return (
    <table className="lines">
      <caption>{say(locale, "charge.lines")} · {say(locale, "charge.entered", { time: time(lines[0]!.from) })}</caption>
      <tbody>
        {shown.map((line, i) => line === null
          ? <tr key="more"><td colSpan={2}>…</td></tr>
          : (
            <tr key={`${line.from}-${String(i)}`}>
              <th scope="row">{say(locale, "charge.line", { from: time(line.from), to: time(line.to) })}</th>
              <td>{moneyText(locale, line.amountMinor, site.currency)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

type CountdownProps = { readonly until: number; readonly started: number; readonly now: number; readonly onMore: (() => void) | null };

/** Who needs longer gets it with one press, well before the time is over (EN 301 549, 9.2.2.1). */
function Countdown({ until, started, now, onMore }: CountdownProps) {
  const { locale } = usePrefs();
  const left = Math.max(0, until - now);
  const share = Math.min(1, left / Math.max(1, until - started));
  return (
    <div className="countdown">
      <div>
        <span>{say(locale, "countdown.left", { time: minutesText(left) })}</span>
        <span className="bar" aria-hidden="true"><i style={{ width: `${(share * 100).toFixed(1)}%` }} /></span>
      </div>
      {onMore && <button type="button" onClick={onMore}>{say(locale, "countdown.more")}</button>}
    </div>
  );
}

/** "1:05": a countdown people watch needs its seconds. */
function minutesText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function Fault({ view, station }: { readonly view: PublicView; readonly station: StationView }) {
  const { locale } = usePrefs();
  const others = view.stations.filter((one) => one.id !== station.id && one.inService).map((one) => one.name);
  return (
    <>
      <p className="notice">{others.length > 0 ? say(locale, "fault.other", { names: others.join(", ") }) : say(locale, "fault.none")}</p>
      <p className="notice">{say(locale, "fault.intercom")}</p>
    </>
  );
}
