/** The pay station close up: what its screen says, where coins go in and where they come out. */
import type { StationView, VehicleView } from "../../simulator/world/view.ts";
import type { CityAction } from "../../simulator/world/action.ts";
import { moneyText } from "../../messages/format.ts";
import type { SiteWords } from "../../messages/site.ts";
import { t } from "../../messages/t.ts";
import { screenWords, wordsText } from "../../messages/words.ts";
import { MoneyButton } from "../shared/money.tsx";
import { usePrefs } from "../shared/prefs.tsx";
import type { Doable } from "./doable.ts";
import { say } from "./words.ts";

type MachineProps = {
  readonly facility: string;
  readonly station: StationView;
  readonly site: SiteWords;
  /** The chosen car, if its driver stands here. */
  readonly driver: VehicleView | null;
  readonly list: readonly Doable[];
  readonly onDo: (doable: Doable) => void;
  readonly act: (action: CityAction) => void;
};

export function Machine(props: MachineProps) {
  const { station, site, driver, act, facility } = props;
  const { locale } = usePrefs();
  const name = site.station(station.station);
  const can = (action: CityAction["type"]) => driver?.can.includes(action) ?? false;
  return (
    <section className="panel machine" aria-label={say(locale, "machine.title", { name })}>
      <h2>{say(locale, "machine.title", { name })}
        <a className="openKiosk"
          href={`/kiosk/${encodeURIComponent(facility)}/${encodeURIComponent(station.station)}`}>
          {say(locale, "machine.kiosk")}
        </a>
      </h2>
      <Screen station={station} site={site} />
      {driver && <Tenders list={props.list} currency={site.currency} onDo={props.onDo} />}
      <div className="machineRow">
        <Opening label={say(locale, "machine.slot")} filled={station.ticketIn || station.ticketOut} className={station.ticketOut ? "out" : ""}
          text={say(locale, station.ticketIn ? "machine.ticketIn" : station.ticketOut ? "machine.ticketOut" : "machine.slotEmpty")} />
        <Tray station={station} site={site}
          onTake={driver && can("takeFromTray") ? () => act({ type: "takeFromTray", vehicle: driver.id }) : null} />
      </div>
      {driver && <Buttons driver={driver} act={act} />}
      <Hoppers station={station} site={site} />
    </section>
  );
}

const BUTTONS = [
  ["acceptRetention", "machine.continue"], ["cancel", "machine.cancel"], ["extendPayment", "machine.more"],
  ["pressReceipt", "machine.receipt"], ["callHelp", "machine.help"],
] as const;

/** They are always there; one that would do nothing now is shown so. */
function Buttons({ driver, act }: { readonly driver: VehicleView; readonly act: (action: CityAction) => void }) {
  const { locale } = usePrefs();
  return (
    <div className="machineRow buttonRow">
      {BUTTONS.map(([type, key]) => (
        <button key={type} type="button" className={`hard ${type}`} disabled={!driver.can.includes(type)}
          onClick={() => act({ type, vehicle: driver.id })}>{say(locale, key)}</button>
      ))}
    </div>
  );
}

function Screen({ station, site }: { readonly station: StationView; readonly site: SiteWords }) {
  const { locale } = usePrefs();
  const screen = station.output?.screen;
  if (!screen) return <div className="lcdScreen"> </div>;
  const money = (minor: number) => moneyText(locale, minor, site.currency);
  return (
    <div className="lcdScreen" role="status">
      <p>{wordsText(locale, screenWords(screen), site)}</p>
      {(screen.key === "charge" || screen.key === "reminder") && (
        <dl>
          <div><dt>{say(locale, "machine.inserted")}</dt><dd>{money(screen.insertedMinor)}</dd></div>
          <div className="big"><dt>{say(locale, "machine.remaining")}</dt><dd>{money(Math.max(0, screen.remainingMinor))}</dd></div>
        </dl>
      )}
      {(screen.key === "charge" || screen.key === "reminder") && screen.remark && <p className="remark">{t(locale, `remark.${screen.remark}`)}</p>}
    </div>
  );
}

type TendersProps = { readonly list: readonly Doable[]; readonly currency: string; readonly onDo: (doable: Doable) => void };

function Tenders({ list, currency, onDo }: TendersProps) {
  const { locale } = usePrefs();
  const of = (type: CityAction["type"]) => list.filter((one) => one.action.type === type).toSorted((a, b) => valueOf(a) - valueOf(b));
  if (!list.some((one) => one.tender)) return null;
  return (
    <div className="tenders">
      {(["insertCoin", "insertNote", "chooseCard"] as const).map((type) => of(type).length > 0 && (
        <div key={type} role="group"
          aria-label={say(locale, type === "insertCoin" ? "machine.coins" : type === "insertNote" ? "machine.notes" : "machine.card")}>
          {of(type).map((one) => <TenderButton key={one.id} doable={one} index={list.indexOf(one) + 1}
            currency={currency} onDo={onDo} />)}
        </div>
      ))}
    </div>
  );
}

const valueOf = ({ action }: Doable): number => ("denominationMinor" in action ? action.denominationMinor : 0);

type TenderProps = {
  readonly doable: Doable; readonly index: number; readonly currency: string; readonly onDo: (doable: Doable) => void;
};

function TenderButton({ doable, index, currency, onDo }: TenderProps) {
  const { action } = doable;
  return (
    <span className={`tender ${doable.kind}`}>
      {"denominationMinor" in action
        ? <MoneyButton kind={action.type === "insertCoin" ? "coin" : "note"} minor={action.denominationMinor}
          currency={currency} label={doable.label} onGive={() => onDo(doable)} />
        : <button type="button" className="money card" onClick={() => onDo(doable)}>{doable.label}</button>}
      {index <= 9 && <kbd aria-hidden="true">{index}</kbd>}
    </span>
  );
}

type OpeningProps = { readonly label: string; readonly text: string; readonly filled: boolean; readonly className: string };

function Opening({ label, text, filled, className }: OpeningProps) {
  return (
    <div className={`opening ${filled ? "filled" : ""} ${className}`}>
      <span className="dim">{label}</span>
      <span className="slotHole" aria-hidden="true">{filled && <i />}</span>
      <strong>{text}</strong>
    </div>
  );
}

/** Coins fall in one after the other: each has its own delay. */
function Tray({ station, site, onTake }: { readonly station: StationView; readonly site: SiteWords; readonly onTake: (() => void) | null }) {
  const { locale } = usePrefs();
  const coins = station.tray.flatMap((pile) => Array.from({ length: pile.count }, () => pile.denominationMinor));
  const total = coins.reduce((sum, minor) => sum + minor, 0);
  const papers = [
    ...(station.receiptOut ? [say(locale, "machine.receipt")] : []), ...(station.chitOut ? [say(locale, "machine.chit")] : []),
  ];
  const text = [...(total > 0 ? [moneyText(locale, total, site.currency)] : []), ...papers].join(" + ") || say(locale, "machine.trayEmpty");
  const inner = (
    <>
      <span className="dim">{say(locale, "machine.tray")}</span>
      <span className="trayBowl" aria-hidden="true">
        {coins.slice(0, TRAY_COINS_DRAWN_MAX).map((minor, i) => <i key={`${minor}-${String(i)}`}
          className={minor >= 100 ? "gold" : ""} style={{ animationDelay: `${i * 120}ms` }} />)}
        {papers.map((paper) => <b key={paper} />)}
      </span>
      <strong role="status">{text}</strong>
    </>
  );
  return onTake
    ? <button type="button" className="opening takeable" onClick={onTake}>{inner}</button>
    : <div className="opening">{inner}</div>;
}

/** More coins than this would only hide each other. */
const TRAY_COINS_DRAWN_MAX = 14;

function Hoppers({ station, site }: { readonly station: StationView; readonly site: SiteWords }) {
  const { locale } = usePrefs();
  const most = Math.max(1, ...station.hoppers.map((pile) => pile.count));
  const boxed = [...station.cashBox, ...station.noteBox].reduce((sum, pile) => sum + pile.denominationMinor * pile.count, 0);
  return (
    <div className="hoppers">
      <span className="dim">{say(locale, "machine.hoppers")}</span>
      <ul>
        {station.hoppers.map((pile) => (
          <li key={pile.denominationMinor}>
            <span className="bar" aria-hidden="true">
              <i style={{ height: `${Math.round((pile.count / most) * 100)}%` }} />
            </span>
            <span>{moneyText(locale, pile.denominationMinor, site.currency)}</span><strong>{pile.count}</strong>
          </li>
        ))}
      </ul>
      <span className="dim">{say(locale, "machine.cashBox")}: {moneyText(locale, boxed, site.currency)}</span>
    </div>
  );
}
