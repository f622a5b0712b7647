/**
 * The receipt on the driver's phone, by ticket number and entry time as printed. Plain HTML for weak signal
 * underground: no script needed, nothing else loaded, under 10 kB.
 *
 *   form -> found | not found (never says which of the two did not fit) | bad input | too many attempts
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { dateText, dateTimeText, moneyText, numberText, timeText } from "../../messages/format.ts";
import { LOCALE_NAME, LOCALES, type Locale } from "../../messages/locale.ts";
import { t } from "../../messages/t.ts";
import { type Html, html, pageOf } from "./html.ts";

/** Everything the requirement wants on a receipt, and what a driver asks about. */
export type ReceiptFacts = {
  readonly administration: { readonly name: string; readonly address: string; readonly vatNumber: string };
  readonly facility: { readonly name: string; readonly address: string };
  readonly zone: string;
  readonly currency: Currency;
  readonly ticket: string;
  readonly enteredAt: Instant;
  /** One ticket may be paid several times (top-up after the exit grace); oldest first. */
  readonly payments: readonly ReceiptPayment[];
  /** Null: used already, or not valid for leaving any more. */
  readonly leaveBy: Instant | null;
};

export type ReceiptPayment = {
  readonly payment: string;
  readonly paidAt: Instant;
  readonly means: "cash" | "card" | "nil" | "provider";
  readonly amountMinor: MinorUnits;
  readonly taxMinor: MinorUnits;
  /** VAT in hundredths of a percent, contained in the amount. */
  readonly taxRateBp: number;
  readonly givenMinor: MinorUnits;
  readonly changeMinor: MinorUnits;
  readonly retainedMinor: MinorUnits;
  readonly refundedMinor: MinorUnits;
};

/** What was typed, as it was typed, so that nothing has to be typed again. */
export type ReceiptInput = { readonly number: string; readonly date: string; readonly time: string };
export type ReceiptField = keyof ReceiptInput;

export type ReceiptState =
  | { readonly type: "form" }
  | { readonly type: "badInput"; readonly input: ReceiptInput; readonly fields: readonly ReceiptField[] }
  | { readonly type: "notFound" | "tooMany"; readonly input: ReceiptInput }
  | { readonly type: "found"; readonly receipt: ReceiptFacts };

/** Where the page is served; the form comes back to it with number, date, time and locale. */
export const RECEIPT_PATH = "/receipt";

/** Which fields do not look as they are printed on a ticket; `/` or `:` in the time, seconds may be left out. */
export function receiptFieldsWrong(input: ReceiptInput): readonly ReceiptField[] {
  const wrong: ReceiptField[] = [];
  if (!/^\d{11}$/.test(input.number.replace(/ /g, ""))) wrong.push("number");
  if (!/^\d{2}[/.]\d{2}[/.]\d{4}$/.test(input.date.trim())) wrong.push("date");
  if (!/^\d{2}[:/]\d{2}([:/]\d{2})?$/.test(input.time.trim())) wrong.push("time");
  return wrong;
}

export function receiptPage(state: ReceiptState, options: { readonly locale: Locale; readonly nonce?: string }): string {
  const { locale } = options;
  const body = state.type === "found" ? receiptBody(state.receipt, locale) : formBody(state, locale);
  return pageOf({
    locale, title: t(locale, "receipt.title"), style: RECEIPT_STYLE,
    ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
    body: html`<main>${body}</main><footer>${languageLinks(locale)}</footer>`,
  });
}

function formBody(state: Exclude<ReceiptState, { type: "found" }>, locale: Locale): Html {
  const input = state.type === "form" ? { number: "", date: "", time: "" } : state.input;
  const wrong = state.type === "badInput" ? state.fields : [];
  const field = (name: ReceiptField, hint: string, pattern: string): Html => html`
<label for="${name}">${t(locale, `receipt.${name}`)} <small id="${name}-hint">${hint}</small></label>
<input id="${name}" name="${name}" value="${input[name]}" required inputmode="numeric" autocomplete="off" pattern="${pattern}" aria-describedby="${name}-hint"${
  wrong.includes(name) ? html` aria-invalid="true"` : null}>`;
  return html`<h1>${t(locale, "receipt.title")}</h1>
${state.type === "form" ? null : html`<p class="problem" role="alert">${t(locale, `receipt.${state.type}`)}</p>`}
<p>${t(locale, "receipt.lead")}</p>
<form method="get" action="${RECEIPT_PATH}"><input type="hidden" name="locale" value="${locale}">
${field("number", t(locale, "receipt.numberHint"), "[0-9 ]{11,16}")}
${field("date", t(locale, "receipt.dateHint"), "[0-9]{2}[\\/.][0-9]{2}[\\/.][0-9]{4}")}
${field("time", t(locale, "receipt.timeHint"), "[0-9]{2}[:\\/][0-9]{2}([:\\/][0-9]{2})?")}
<button>${t(locale, "receipt.show")}</button></form>`;
}

function receiptBody(receipt: ReceiptFacts, locale: Locale): Html {
  const { zone, administration, facility } = receipt;
  return html`<h1>${t(locale, "receipt.heading")}</h1>
<address><strong>${administration.name}</strong><br>${administration.address}<br>${t(locale, "receipt.vatNumber", administration)}</address>
<p><strong>${facility.name}</strong><br>${facility.address}</p>
<dl>${row(t(locale, "receipt.ticket"), receipt.ticket)}${row(t(locale, "receipt.entered"), dateTimeText(locale, receipt.enteredAt, zone))}</dl>
${receipt.payments.map((payment) => paymentBody(payment, receipt, locale))}
${receipt.leaveBy === null ? null : html`<p class="note">${t(locale, "receipt.leaveBy", {
  leaveBy: `${dateText(locale, receipt.leaveBy, zone)} ${timeText(locale, receipt.leaveBy, zone)}`,
})}</p>`}
<p class="noprint"><a href="${RECEIPT_PATH}?locale=${locale}">${t(locale, "receipt.again")}</a></p>`;
}

function paymentBody(payment: ReceiptPayment, receipt: ReceiptFacts, locale: Locale): Html {
  const money = (amountMinor: MinorUnits) => moneyText(locale, amountMinor, receipt.currency);
  const rate = `${numberText(locale, payment.taxRateBp / 100)} %`;
  return html`<dl class="payment">
${row(t(locale, "receipt.paidAt"), dateTimeText(locale, payment.paidAt, receipt.zone))}
${row(t(locale, "receipt.means"), t(locale, `means.${payment.means}`))}
<div class="total"><dt>${t(locale, "receipt.amount")}</dt><dd>${money(payment.amountMinor)}</dd></div>
${row(t(locale, "receipt.tax", { rate }), money(payment.taxMinor))}
${payment.means === "cash" ? row(t(locale, "receipt.given"), money(payment.givenMinor)) : null}
${payment.changeMinor > 0 ? row(t(locale, "receipt.change"), money(payment.changeMinor)) : null}
${payment.retainedMinor > 0 ? row(t(locale, "receipt.retained"), money(payment.retainedMinor)) : null}
${payment.refundedMinor > 0 ? row(t(locale, "receipt.refunded"), money(payment.refundedMinor)) : null}
${row(t(locale, "receipt.paymentNumber"), payment.payment)}</dl>`;
}

const row = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const languageLinks = (locale: Locale): readonly Html[] => LOCALES.map((one) => one === locale
  ? html`<span lang="${one}" aria-current="true">${LOCALE_NAME[one]}</span> `
  : html`<a lang="${one}" hreflang="${one}" href="${RECEIPT_PATH}?locale=${one}">${LOCALE_NAME[one]}</a> `);

/** Forms and receipts on a phone. */
export const RECEIPT_STYLE = `
:root{color-scheme:light dark;--ink:#16202e;--paper:#fff;--ground:#eef1f5;--line:#8a94a3;--accent:#1c4fa8;--on:#fff;--bad:#a3160f}
@media(prefers-color-scheme:dark){:root{--ink:#e9edf3;--paper:#1b222c;--ground:#10151c;--line:#76818f;--accent:#9cc2ff;--on:#0d1520;--bad:#ffb4ab}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.5 system-ui,"Noto Sans",Arial,sans-serif}
main{max-width:30rem;margin:1rem auto;padding:1.25rem;background:var(--paper);border-radius:.75rem}
h1{font-size:1.5rem;margin:0 0 .5rem}address{font-style:normal;margin-bottom:.75rem}
label{display:block;margin-top:1rem;font-weight:600}small{font-weight:400}
input{width:100%;font:inherit;padding:.7rem;border:2px solid var(--line);border-radius:.5rem;background:transparent;color:inherit}
input[aria-invalid]{border-color:var(--bad)}
button{margin-top:1.25rem;width:100%;min-height:3rem;font:inherit;font-weight:700;border:0;border-radius:.5rem;background:var(--accent);color:var(--on)}
a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.problem{border-left:.3rem solid var(--bad);padding:.5rem .75rem;color:var(--bad);font-weight:600}
dl{margin:.75rem 0}dl>div{display:flex;justify-content:space-between;gap:1rem;padding:.2rem 0}dd{margin:0;text-align:right}
.payment{border-top:2px dashed var(--line);padding-top:.5rem}.total{font-size:1.25rem;font-weight:700}
.note{font-weight:600}footer{text-align:center;padding:1rem}footer *{margin:0 .5rem}
@media print{footer,.noprint{display:none}body,main{background:#fff;color:#000}}`;
