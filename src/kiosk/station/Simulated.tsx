/** Only in the demo: the hands of the driver who stands at this machine, marked as what they are. */
import type { StationView } from "../../api/contract/live.ts";
import type { CityAction } from "../../simulator/world/action.ts";
import type { VehicleView, WorldView } from "../../simulator/world/view.ts";
import { moneyText } from "../../messages/format.ts";
import type { SiteWords } from "../../messages/site.ts";
import { t } from "../../messages/t.ts";
import { MoneyButton } from "../shared/money.tsx";
import { usePrefs } from "../shared/prefs.tsx";
import { say } from "./words.ts";

/** The driver in front of the machine, if driven by hand. */
export function driverAt(world: WorldView, station: string): VehicleView | null {
  const user = world.stations.find((one) => one.station === station)?.user ?? null;
  return world.vehicles.find((one) => one.id === user && one.manual) ?? null;
}

type SimulatedProps = {
  readonly facility: string; readonly world: WorldView | null; readonly station: StationView; readonly driver: VehicleView | null;
  readonly site: SiteWords; readonly problem: string; readonly act: (action: CityAction) => void;
};

export function Simulated({ facility, world, station, driver, site, problem, act }: SimulatedProps) {
  const { locale } = usePrefs();
  return (
    <section className="simulatedDevices" aria-label={say(locale, "simulated.title")}>
      <h2>{say(locale, "simulated.title")}{driver && <span className="dim"> · {say(locale, "simulated.driver", driver)}</span>}</h2>
      {problem !== "" && <p className="problem" role="alert">{problem}</p>}
      <Lying world={world} station={station.id} site={site} />
      {driver ? <Hands station={station} driver={driver} site={site} act={act} /> : <p>{say(locale, "simulated.nobody")}</p>}
      <a href={`/virtual/?facility=${encodeURIComponent(facility)}`}>{say(locale, "simulated.open")}</a>
    </section>
  );
}

/** What lies in slot and tray. */
function Lying({ world, station, site }: { readonly world: WorldView | null; readonly station: string; readonly site: SiteWords }) {
  const { locale } = usePrefs();
  const found = world?.stations.find((one) => one.station === station);
  if (!found) return null;
  const coins = found.tray.reduce((sum, pile) => sum + pile.denominationMinor * pile.count, 0);
  const things = [
    ...(found.ticketOut ? [say(locale, "simulated.ticketOut")] : []), ...(coins > 0 ? [moneyText(locale, coins, site.currency)] : []),
    ...(found.receiptOut ? [say(locale, "simulated.receipt")] : []), ...(found.chitOut ? [say(locale, "simulated.chit")] : []),
  ];
  return <p role="status">{say(locale, "simulated.tray")}: <strong>{things.length > 0 ? things.join(" + ") : say(locale, "simulated.empty")}</strong></p>;
}

type HandsProps = {
  readonly station: StationView; readonly driver: VehicleView; readonly site: SiteWords; readonly act: (action: CityAction) => void;
};

function Hands({ station, driver, site, act }: HandsProps) {
  const { locale } = usePrefs();
  const { tenders } = station;
  const vehicle = driver.id;
  const can = (name: CityAction["type"]) => driver.can.includes(name);
  const give = (minor: number) => say(locale, "simulated.give", { amount: moneyText(locale, minor, site.currency) });
  return (
    <div className="hands">
      {can("insertTicket") && <button type="button" className="primary"
        onClick={() => act({ type: "insertTicket", vehicle })}>{say(locale, "simulated.ticket")}</button>}
      {can("insertCoin") && tenders.coins.map((minor) => (
        <MoneyButton key={minor} kind="coin" minor={minor} currency={site.currency} label={give(minor)}
          onGive={() => act({ type: "insertCoin", vehicle, denominationMinor: minor })} />
      ))}
      {can("insertNote") && tenders.notes.map((minor) => (
        <MoneyButton key={minor} kind="note" minor={minor} currency={site.currency} label={give(minor)}
          onGive={() => act({ type: "insertNote", vehicle, denominationMinor: minor })} />
      ))}
      {can("chooseCard") && (["mastercard", "visa", "debit"] as const).filter((scheme) => tenders.cards.includes(scheme)).map((scheme) => (
        <button key={scheme} type="button" onClick={() => act({ type: "chooseCard", vehicle, scheme })}>
          {say(locale, "simulated.card", { scheme: t(locale, `cardScheme.${scheme}`) })}
        </button>
      ))}
      {can("insertInvalid") && <button type="button"
        onClick={() => act({ type: "insertInvalid", vehicle, kind: "coin" })}>
        {say(locale, "simulated.falseCoin")}
      </button>}
      {can("takeFromTray") && <button type="button" className="primary"
        onClick={() => act({ type: "takeFromTray", vehicle })}>{say(locale, "simulated.takeAll")}</button>}
    </div>
  );
}
