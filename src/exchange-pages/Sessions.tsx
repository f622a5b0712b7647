/** The session viewer: search, the list that was found, one record. A plate is sent in a body and kept nowhere. */
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { dateTimeText, moneyText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { SessionRow, SessionSearch, SessionsFound, Who } from "../exchange/pages/contract.ts";
import { nameIn, Table, useAsked } from "./parts.tsx";
import { Record } from "./Record.tsx";
import { tell } from "./recordWords.ts";
import { ask } from "./requests.ts";
import { failureText, say } from "./words.ts";

const DAY_MS = 86_400_000;
const SPANS = ["day", "week", "all", "chosen"] as const;
type Span = (typeof SPANS)[number];
type Form = {
  readonly plate: string; readonly place: string; readonly provider: string;
  readonly span: Span; readonly from: string; readonly to: string; readonly similar: boolean;
};
const EMPTY: Form = { plate: "", place: "", provider: "", span: "day", from: "", to: "", similar: false };

export function Sessions({ who, record }: { readonly who: Who; readonly record: string | null }) {
  const { locale } = usePrefs();
  const [form, setForm] = useState(EMPTY);
  const [found, setFound] = useState<SessionsFound | null>(null);
  const [problem, setProblem] = useState("");
  const search = useCallback((wanted: Form) => {
    setProblem("");
    ask.sessions(searchOf(wanted, Date.now())).then(setFound, (failure: unknown) => { setFound(null); setProblem(failureText(locale, failure)); });
  }, [locale]);
  useEffect(() => { search(EMPTY); }, [search]);
  const submit = (event: FormEvent) => { event.preventDefault(); search(form); };
  if (record !== null) return <Record key={record} id={record} who={who} />;
  return (
    <section aria-labelledby="sessions-title">
      <h1 id="sessions-title">{say(locale, "page.sessions")}</h1>
      <SearchForm form={form} onForm={setForm} onSubmit={submit} mayNear={who.role === "operator"} />
      <p className="problem" role="alert">{problem}</p>
      {found !== null && <List found={found} who={who} />}
    </section>
  );
}

export function searchOf({ plate, place, provider, span, from, to, similar }: Form, now: number): SessionSearch {
  const time = span === "all" ? {} : span === "chosen" ? { ...instantOf("from", from), ...instantOf("to", to) }
    : { from: now - (span === "day" ? DAY_MS : 7 * DAY_MS) };
  return {
    ...(plate.trim() === "" ? {} : { plate: plate.trim() }), ...(place === "" ? {} : { place }), ...(provider === "" ? {} : { provider }), ...time,
    ...(similar && plate.trim() !== "" ? { similar } : {}),
  };
}

function instantOf(member: "from" | "to", local: string): Partial<SessionSearch> {
  const at = Date.parse(local);
  return Number.isNaN(at) ? {} : { [member]: at };
}

type SearchFormProps = { readonly form: Form; readonly onForm: (form: Form) => void; readonly onSubmit: (event: FormEvent) => void; readonly mayNear: boolean };

const everywhere = () => ask.places({ text: "", free: false, near: null });

function SearchForm({ form, onForm, onSubmit, mayNear }: SearchFormProps) {
  const { locale } = usePrefs();
  const places = useAsked(everywhere).answer?.places ?? [];
  const providers = (useAsked(ask.partners).answer?.organisations ?? []).filter(({ role }) => role === "serviceProvider");
  const set = (change: Partial<Form>) => onForm({ ...form, ...change });
  return (
    <form className="filters" onSubmit={onSubmit} aria-label={tell(locale, "search.title")}>
      <label>{tell(locale, "search.plate")}
        <input className="plate" value={form.plate} onChange={(event) => set({ plate: event.target.value })}
          autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={40} />
      </label>
      <label>{tell(locale, "search.place")}
        <select value={form.place} onChange={(event) => set({ place: event.target.value })}>
          <option value="">{tell(locale, "search.any")}</option>
          {places.map(({ id, names }) => <option key={id} value={id}>{nameIn(names, locale, id)}</option>)}
        </select>
      </label>
      <label>{tell(locale, "search.provider")}
        <select value={form.provider} onChange={(event) => set({ provider: event.target.value })}>
          <option value="">{tell(locale, "search.any")}</option>
          {providers.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      <label>{tell(locale, "search.time")}
        <select value={form.span} onChange={(event) => set({ span: SPANS.find((one) => one === event.target.value) ?? "day" })}>
          {SPANS.map((one) => <option key={one} value={one}>{tell(locale, `search.${one}`)}</option>)}
        </select>
      </label>
      {form.span === "chosen" && (["from", "to"] as const).map((one) => (
        <label key={one}>{tell(locale, `search.${one}`)}
          <input type="datetime-local" title={tell(locale, "search.local")} value={form[one]} onChange={(event) => set({ [one]: event.target.value })} />
        </label>
      ))}
      {mayNear && (
        <label className="check">
          <input type="checkbox" checked={form.similar} onChange={(event) => set({ similar: event.target.checked })} />{tell(locale, "search.similar")}
        </label>
      )}
      <button type="submit" className="primary">{tell(locale, "search.find")}</button>
    </form>
  );
}

function List({ found, who }: { readonly found: SessionsFound; readonly who: Who }) {
  const { locale } = usePrefs();
  const { rows, more } = found;
  const withMoney = who.role !== "enforcement";
  const heads = [
    "plate", "place", ...(who.role === "operator" ? [] : ["operator"] as const), "provider", "from", "to", ...(withMoney ? ["money"] as const : []), "received",
  ] as const;
  return (
    <>
      <p role="status">
        {rows.length === 0 ? tell(locale, "list.none") : tell(locale, "list.count", { count: rows.length })}
        {more && <b> {tell(locale, "list.more", { count: rows.length })}</b>}
      </p>
      {rows.length > 0 && (
        <Table label={tell(locale, "list.title")} heads={heads.map((one) => tell(locale, `list.${one}`))}>
          {rows.map((row) => <Row key={row.id} row={row} heads={heads} />)}
        </Table>
      )}
    </>
  );
}

function Row({ row, heads }: { readonly row: SessionRow; readonly heads: readonly string[] }) {
  const { locale } = usePrefs();
  const zone = row.place?.zone ?? "UTC";
  const plate = platesText(locale, row.plates);
  return (
    <tr>
      <th scope="row"><a href={`#/sessions/${encodeURIComponent(row.id)}`} aria-label={tell(locale, "list.open", { plate })} className="plate">{plate}</a>
        {row.similar && <small className="tag">{tell(locale, "list.similar")}</small>}</th>
      <td>{row.place ? nameIn(row.place.names, locale, row.place.id) : "–"}</td>
      {heads.includes("operator") && <td>{row.operator?.name ?? "–"}</td>}
      <td>{row.provider?.name ?? "–"}</td>
      <td>{dateTimeText(locale, row.start, zone)}</td>
      <td>{row.end === null ? tell(locale, row.overdue ? "list.overdue" : "list.running") : dateTimeText(locale, row.end, zone)}</td>
      {heads.includes("money") && <td>{moneyWords(locale, row)}{row.priceDiffers && <small>{tell(locale, "list.price")}</small>}</td>}
      <td>{dateTimeText(locale, row.receivedAt, zone)}</td>
    </tr>
  );
}

export const platesText = (locale: Locale, plates: readonly string[]): string =>
  plates.join(", ") || tell(locale, "list.erased");

export function moneyWords(locale: Locale, { money }: SessionRow): string {
  if (money === null) return "–";
  const { currency, dueMinor, paidMinor } = money;
  const parts = [
    ...(paidMinor === 0 && dueMinor > 0 ? [] : [tell(locale, "list.paid", { amount: moneyText(locale, paidMinor, currency) })]),
    ...(dueMinor === 0 ? [] : [tell(locale, "list.due", { amount: moneyText(locale, dueMinor, currency) })]),
  ];
  return parts.join(", ");
}
