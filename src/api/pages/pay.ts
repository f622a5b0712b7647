/**
 * Pay by plate on the phone. Whoever asks has to know plate and day of entry; every "no" is the same "no", so nobody
 * learns who is inside; tries are counted by address and by plate. The plate travels in a body, never in a URL.
 *
 *   POST /pay {facility, plate, day} -> amount and a signed offer -> POST /pay/confirm {offer} -> money, receipt, grace
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { facilityZone } from "../../carpark/facility/clock.ts";
import { type FacilityConfig, offers } from "../../carpark/facility/config.ts";
import { dueOfStay, type StayDue } from "../../carpark/rights/payment.ts";
import { halfUpTaxWithin } from "../../carpark/paystation/settle.ts";
import { present } from "../../kernel/assert.ts";
import { type Instant, MINUTE } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { PAY_PATH, type PayFacts, type PayInput, payPage, type PayState } from "../../pages/server/pay.ts";
import { readPlate } from "../../rights/plate/plate.ts";
import { Buckets } from "../http/rate.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { localeOfPage, sendMarkup } from "./displays.ts";

/** A family behind one address; a plate that is typed wrongly a few times. */
const PER_ADDRESS = { burst: 12, perSecond: 1 / 20 };
const PER_PLATE = { burst: 6, perSecond: 1 / 60 };
/** So long a driver may think about the amount. */
const OFFER_MS = 5 * MINUTE;
const FORM_BYTES_MAX = 2_000;

export function addPayPage(app: FastifyInstance, site: Site, secret: string): void {
  const limits = { addresses: new Buckets(PER_ADDRESS), plates: new Buckets(PER_PLATE) };
  void app.register(async (pages) => {
    pages.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: FORM_BYTES_MAX }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))));
    pages.get(PAY_PATH, async (request, reply) => show(request, reply, site, { type: site.phonePayments ? "form" : "notOffered" }));
    pages.post(PAY_PATH, async (request, reply) => show(request, reply, site, find(request, site, secret, limits)));
    pages.post(`${PAY_PATH}/confirm`, async (request, reply) => show(request, reply, site, await confirm(request, site, secret)));
  });
}

function show(request: FastifyRequest, reply: FastifyReply, site: Site, state: PayState): FastifyReply {
  if (state.type === "tooMany") reply.status(429);
  const nonce = randomBytes(16).toString("base64");
  const facilities = payable(site).map(({ id, core }) => ({ id, name: core.state.config?.name ?? id }));
  return sendMarkup(reply, payPage(state, { locale: localeOfPage(request), nonce, simulated: site.demo, facilities }), nonce);
}

const payable = (site: Site): FacilityHandle[] =>
  [...site.facilities.values()].filter(({ core }) => core.state.config !== null && offers(core.state.config, "plates"));

function find(request: FastifyRequest, site: Site, secret: string, limits: { readonly addresses: Buckets; readonly plates: Buckets }): PayState {
  if (!site.phonePayments) return { type: "notOffered" };
  const input = inputOf(request.body);
  const facility = payable(site).find(({ id }) => id === input.facility);
  const plate = readPlate(input.plate, null);
  if (!facility || !plate.ok || !/^\d{4}-\d{2}-\d{2}$/.test(input.day)) return { type: "badInput", input };
  const now = Date.now();
  const wait = Math.max(limits.addresses.take(request.ip, now), limits.plates.take(plate.value.text, now));
  if (wait > 0) return { type: "tooMany", input };
  const zone = facilityZone(facility.core.state);
  const stays = site.cameras.typed(facility.id, input.plate, false).filter(({ enteredAt }) => zone.localText(enteredAt).slice(0, 10) === input.day);
  const [only, ...others] = stays;
  const due = only && others.length === 0 ? dueOfStay(facility.core.state, only.key, site.now()) : null;
  return only && due?.ok ? offerOf(facility, only.key, due.value, site.now(), secret, false) : { type: "notFound", input };
}

/** What is due now, or that nothing is. */
function offerOf(facility: FacilityHandle, stay: string, due: StayDue, now: Instant, secret: string, changed: boolean): PayState {
  const facts = factsOf(present(facility.core.state.config, "configuration"), due.enteredAt);
  if (due.dueMinor === 0) return { type: "nothing", facts, leaveBy: due.leaveBy };
  const content = [facility.id, stay, due.dueMinor, now + OFFER_MS].join("|");
  return { type: "due", facts, dueMinor: due.dueMinor, changed, offer: `${Buffer.from(content).toString("base64url")}.${sign(secret, content)}` };
}

const sign = (secret: string, content: string): string => createHmac("sha256", secret).update(`pay ${content}`).digest("base64url");

async function confirm(request: FastifyRequest, site: Site, secret: string): Promise<PayState> {
  const nobody: PayState = { type: "notFound", input: { facility: "", plate: "", day: "" } };
  if (!site.phonePayments) return { type: "notOffered" };
  const offer = readOffer(textOf(request.body, "offer"), secret);
  const facility = offer && site.facilities.get(offer.facility);
  if (!offer || !facility || site.now() > offer.until) return nobody;
  const quotedAt = site.now();
  const due = dueOfStay(facility.core.state, offer.stay, quotedAt);
  if (!due.ok) return nobody;
  // Only what was shown is taken; a new amount is shown first. A second click finds nothing due.
  if (due.value.dueMinor !== offer.amountMinor) return offerOf(facility, offer.stay, due.value, site.now(), secret, due.value.dueMinor > 0);
  const config = present(facility.core.state.config, "configuration");
  const input: PayInput = { facility: offer.facility, plate: "", day: "" };
  // From here on nobody else collects; another phone, a machine or an app may be at it already.
  const by = { kind: "phone", id: randomUUID() } as const;
  if (!(await facility.execute({ type: "ClaimStay", stay: offer.stay, by }, { actor: null })).ok) return { type: "busy", input };
  const release = (why: "cancelled" | "notTaken") => facility.execute({ type: "ReleaseStay", stay: offer.stay, by, why }, { actor: null });
  const taken = await site.phonePayments.take(offer.amountMinor, config.currency);
  if (!taken.approved) {
    await release("notTaken");
    return { type: "declined", input };
  }
  const pay = { type: "PayStay", stay: offer.stay, amountMinor: offer.amountMinor, means: "phone", reference: taken.reference, quotedAt, claimant: by.id } as const;
  const done = await facility.execute(pay, { actor: null });
  if (!done.ok) {
    // Its car left in these seconds.
    await site.phonePayments.giveBack(taken.reference);
    await release("cancelled");
    return { type: "declined", input };
  }
  const after = dueOfStay(facility.core.state, offer.stay, done.value.at);
  return {
    type: "paid", facts: factsOf(config, due.value.enteredAt), amountMinor: offer.amountMinor, taxMinor: halfUpTaxWithin(offer.amountMinor, config.taxRateBp),
    paidAt: done.value.at, leaveBy: after.ok ? after.value.leaveBy : null, reference: taken.reference,
  };
}

type Offer = { readonly facility: string; readonly stay: string; readonly amountMinor: number; readonly until: Instant };

function readOffer(text: string, secret: string): Offer | null {
  const [coded = "", signature = ""] = text.split(".", 2);
  const content = Buffer.from(coded, "base64url").toString("utf8");
  const expected = Buffer.from(sign(secret, content));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [facility = "", stay = "", amount, until] = content.split("|");
  return { facility, stay, amountMinor: Number(amount), until: Number(until) };
}

const factsOf = (config: DeepReadonly<FacilityConfig>, enteredAt: Instant): PayFacts => ({
  facility: { name: config.name, address: config.address }, administration: { ...config.administration }, zone: config.zone, currency: config.currency,
  enteredAt, taxRateBp: config.taxRateBp,
});

const inputOf = (body: unknown): PayInput => ({ facility: textOf(body, "facility"), plate: textOf(body, "plate"), day: textOf(body, "day") });

/** Longer than any field of the form, save the offer. */
const FIELD_CHARS_MAX = 300;
function textOf(body: unknown, name: string): string {
  const value = typeof body === "object" && body !== null && Object.hasOwn(body, name) ? (body as Readonly<Record<string, unknown>>)[name] : "";
  return typeof value === "string" ? value.slice(0, FIELD_CHARS_MAX) : "";
}
