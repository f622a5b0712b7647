/**
 * Pay by plate on the driver's phone: plate and day of entry, then the amount, then the receipt. Plain HTML, no script.
 *
 *   form -> due -> paid      not found (never says why)      too many attempts
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { dateTimeText, moneyText, numberText } from "../../messages/format.ts";
import type { Locale } from "../../messages/locale.ts";
import { t } from "../../messages/t.ts";
import { type Html, html, pageOf } from "./html.ts";
import { RECEIPT_STYLE } from "./receipt.ts";

export const PAY_PATH = "/pay";

export type PayInput = { readonly facility: string; readonly plate: string; readonly day: string };
/** `offer`: signed, so that what is confirmed is what was shown. */
export type PayFacts = {
  readonly facility: { readonly name: string; readonly address: string };
  readonly administration: { readonly name: string; readonly address: string; readonly vatNumber: string };
  readonly zone: string; readonly currency: Currency; readonly enteredAt: Instant; readonly taxRateBp: number;
};
export type PayState =
  | { readonly type: "form" | "notOffered" }
  | { readonly type: "badInput" | "notFound" | "tooMany" | "declined" | "busy"; readonly input: PayInput }
  | { readonly type: "due"; readonly facts: PayFacts; readonly dueMinor: MinorUnits; readonly offer: string; readonly changed: boolean }
  | { readonly type: "nothing"; readonly facts: PayFacts; readonly leaveBy: Instant | null }
  | {
      readonly type: "paid"; readonly facts: PayFacts; readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly paidAt: Instant;
      readonly leaveBy: Instant | null; readonly reference: string;
    };

export type PayOptions = {
  readonly locale: Locale; readonly nonce: string; readonly simulated: boolean; readonly facilities: readonly { readonly id: string; readonly name: string }[];
};

export function payPage(state: PayState, options: PayOptions): string {
  const { locale, nonce } = options;
  const note = options.simulated ? html`<p class="note">${t(locale, "pay.simulated")}</p>` : null;
  return pageOf({
    locale, nonce, title: t(locale, "pay.title"), style: RECEIPT_STYLE + SELECT_STYLE,
    body: html`<main><h1>${t(locale, "pay.title")}</h1>${bodyOf(state, options)}${note}</main>`,
  });
}

const SELECT_STYLE = "select{width:100%;font:inherit;padding:.7rem;border:2px solid var(--line);border-radius:.5rem;background:transparent;color:inherit}";

function bodyOf(state: PayState, options: PayOptions): Html {
  const { locale } = options;
  switch (state.type) {
    case "notOffered": return html`<p role="status">${t(locale, "pay.notOffered")}</p>`;
    case "form": return formBody({ facility: "", plate: "", day: "" }, null, options);
    case "badInput": case "notFound": case "tooMany": case "declined": case "busy": return formBody(state.input, t(locale, `pay.${state.type}`), options);
    case "due": return html`${factsBody(state.facts, locale)}
<dl class="payment"><div class="total"><dt>${t(locale, "pay.due")}</dt><dd>${money(locale, state.dueMinor, state.facts)}</dd></div></dl>
${state.changed ? html`<p class="problem" role="alert">${t(locale, "pay.changed")}</p>` : null}
<form method="post" action="${PAY_PATH}/confirm?locale=${locale}"><input type="hidden" name="offer" value="${state.offer}">
<button>${t(locale, "pay.confirm", { amount: money(locale, state.dueMinor, state.facts) })}</button></form>${again(locale)}`;
    case "nothing": return html`${factsBody(state.facts, locale)}<p role="status">${t(locale, "pay.nothing")}</p>${leave(state.leaveBy, state.facts, locale)}${again(locale)}`;
    case "paid": return paidBody(state, locale);
  }
}

function formBody(input: PayInput, problem: string | null, { locale, facilities }: PayOptions): Html {
  return html`${problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`}
<p>${t(locale, "pay.lead")}</p>
<form method="post" action="${PAY_PATH}?locale=${locale}">
<label for="facility">${t(locale, "pay.facility")}</label>
<select id="facility" name="facility">${facilities.map(({ id, name }) => html`<option value="${id}"${id === input.facility ? html` selected` : null}>${name}</option>`)}</select>
<label for="plate">${t(locale, "pay.plate")} <small id="plate-hint">${t(locale, "pay.plateHint")}</small></label>
<input id="plate" name="plate" value="${input.plate}" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="plate-hint">
<label for="day">${t(locale, "pay.day")}</label>
<input id="day" name="day" type="date" value="${input.day}" required>
<button>${t(locale, "pay.find")}</button></form>`;
}

const money = (locale: Locale, amountMinor: MinorUnits, { currency }: PayFacts): string => moneyText(locale, amountMinor, currency);

const factsBody = (facts: PayFacts, locale: Locale): Html => html`<p><strong>${facts.facility.name}</strong><br>${facts.facility.address}</p>
<dl><div><dt>${t(locale, "receipt.entered")}</dt><dd>${dateTimeText(locale, facts.enteredAt, facts.zone)}</dd></div></dl>`;

function paidBody(state: Extract<PayState, { readonly type: "paid" }>, locale: Locale): Html {
  const { facts } = state;
  const rate = `${numberText(locale, facts.taxRateBp / 100)} %`;
  return html`<p role="status"><strong>${t(locale, "pay.paid")}</strong></p>${leave(state.leaveBy, facts, locale)}
<address><strong>${facts.administration.name}</strong><br>${facts.administration.address}<br>${t(locale, "receipt.vatNumber", facts.administration)}</address>
${factsBody(facts, locale)}
<dl class="payment"><div><dt>${t(locale, "receipt.paidAt")}</dt><dd>${dateTimeText(locale, state.paidAt, facts.zone)}</dd></div>
<div class="total"><dt>${t(locale, "receipt.amount")}</dt><dd>${money(locale, state.amountMinor, facts)}</dd></div>
<div><dt>${t(locale, "pay.tax", { rate })}</dt><dd>${money(locale, state.taxMinor, facts)}</dd></div>
<div><dt>${t(locale, "pay.reference")}</dt><dd>${state.reference}</dd></div></dl>
<p>${t(locale, "pay.keep")}</p>${again(locale)}`;
}

const leave = (leaveBy: Instant | null, facts: PayFacts, locale: Locale): Html | null =>
  (leaveBy === null ? null : html`<p class="note">${t(locale, "pay.leaveBy", { leaveBy: dateTimeText(locale, leaveBy, facts.zone) })}</p>`);

const again = (locale: Locale): Html => html`<p class="noprint"><a href="${PAY_PATH}?locale=${locale}">${t(locale, "pay.again")}</a></p>`;
