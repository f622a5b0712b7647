/** Booking a space, and the bookings there are. */
import { useState } from "react";
import type { BookingView } from "../../api/contract/accounts.ts";
import type { MyOverview } from "../../api/contract/my.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { dateTimeText } from "../../messages/format.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { Choice, Field, Form } from "./parts.tsx";
import { parkerName, placeOf } from "./places.ts";
import { Refused, act } from "./requests.ts";
import { say } from "./words.ts";

type BookProps = { readonly overview: MyOverview; readonly onChange: () => void };

/** A wall-clock time of the car park as an instant; null when it is none. */
function instantOf(text: string, zoneName: string): number | null {
  const zone = zoneOf(zoneName);
  const at = zone.ok ? zone.value.parseLocal(text) : null;
  return at?.ok === true ? at.value : null;
}

export function Book({ overview, onChange }: BookProps) {
  const { locale } = usePrefs();
  const { places, parkers, bookings } = overview;
  const [facility, setFacility] = useState(places[0]?.facility ?? "");
  const [parker, setParker] = useState(parkers[0]?.parker ?? "");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const { zone } = placeOf(overview, facility);
  const book = async (key: string) => {
    const [begin, end] = [instantOf(from, zone), instantOf(to, zone)];
    if (begin === null || end === null) throw new Refused(400, say(locale, "book.notATime"), "");
    await act("/bookings", { facility, parker, from: begin, to: end }, key);
    onChange();
    return say(locale, "book.done");
  };
  const future = bookings.toSorted((a, b) => b.from - a.from);
  return (
    <>
      <section>
        <h1>{say(locale, "book.title")}</h1>
        {parkers.length === 0 ? <p className="card">{say(locale, "book.noParker")}</p> : (
          <div className="card">
            <Form label={say(locale, "book.title")} button={say(locale, "book.go")} onSend={book}>
              <Choice label={say(locale, "book.place")} value={facility} onChoose={setFacility} choices={places.map((place) => [place.facility, place.name] as const)} />
              <Choice label={say(locale, "book.who")} value={parker} onChoose={setParker} choices={parkers.map((each) => [each.parker, parkerName(locale, each)] as const)} />
              <Field label={say(locale, "book.from")} type="datetime-local" value={from} onType={setFrom} />
              <Field label={say(locale, "book.to")} type="datetime-local" value={to} onType={setTo} hint={say(locale, "book.times")} />
            </Form>
          </div>
        )}
      </section>
      <section>
        <h2>{say(locale, "book.list")}</h2>
        {future.length === 0 ? <p className="card">{say(locale, "book.none")}</p> : (
          <ul className="cards">{future.map((booking) => <Booking key={booking.booking} booking={booking} overview={overview} onChange={onChange} />)}</ul>
        )}
      </section>
    </>
  );
}

function Booking({ booking, overview, onChange }: BookProps & { readonly booking: BookingView }) {
  const { locale } = usePrefs();
  const place = placeOf(overview, booking.facility);
  const parker = overview.parkers.find((each) => each.parker === booking.parker);
  const [to, setTo] = useState("");
  const time = (at: number) => dateTimeText(locale, at, place.zone);
  const at = `/bookings/${booking.facility}/${booking.booking}`;
  const extend = async (key: string) => {
    const end = instantOf(to, place.zone);
    if (end === null) throw new Refused(400, say(locale, "book.notATime"), "");
    await act(`${at}/extend`, { to: end }, key);
    onChange();
    return say(locale, "book.extended");
  };
  return (
    <li className="card">
      <div className="head"><b>{place.name}</b><span>{say(locale, `book.${booking.state}`)}</span></div>
      <p>{say(locale, "book.one", { who: parker ? parkerName(locale, parker) : booking.parker, from: time(booking.from), to: time(booking.to) })}</p>
      {booking.state !== "over" && (
        <details>
          <summary>{say(locale, "book.extend")}</summary>
          <Form label={say(locale, "book.extend")} button={say(locale, "book.extend")} onSend={extend}>
            <Field label={say(locale, "book.extendTo")} type="datetime-local" value={to} onType={setTo} hint={say(locale, "book.times")} />
          </Form>
        </details>
      )}
      {booking.state === "future" && (
        <Form button={say(locale, "book.cancel")} onSend={async (key) => { await act(`${at}/cancel`, {}, key); onChange(); return say(locale, "book.cancelled"); }}>{null}</Form>
      )}
    </li>
  );
}
