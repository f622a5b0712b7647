/**
 * The page behind the link in a fault message: it says which fault, and one button acknowledges it. Opening
 * the link alone changes nothing, because mail programs open links by themselves.
 */
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isAcknowledgement } from "../../notifications/acknowledgement.ts";
import { type Html, html, pageOf } from "../../pages/server/html.ts";
import { acknowledgeQuery } from "../contract/faults.ts";
import type { Locale } from "../contract/words.ts";
import type { Site } from "../site.ts";
import { localeOfPage, sendMarkup } from "./displays.ts";

const WORDS = {
  en: {
    title: "Acknowledge a fault", fault: "Fault", button: "We know of it and take care of it", done: "Acknowledged. Thank you.",
    wrong: "This link does not fit any open fault. It may have been fixed or reopened since.", already: "This fault has been acknowledged or fixed already.",
  },
  de: {
    title: "Störung bestätigen", fault: "Störung", button: "Wir wissen davon und kümmern uns", done: "Bestätigt. Danke.",
    wrong: "Dieser Link passt zu keiner offenen Störung. Vielleicht wurde sie inzwischen behoben oder neu gemeldet.",
    already: "Diese Störung ist schon bestätigt oder behoben.",
  },
} as const satisfies Record<Locale, Record<string, string>>;

export async function addAcknowledgePage(app: FastifyInstance, site: Site, secret: string): Promise<void> {
  await app.register(async (pages) => {
    // The form has no fields: everything is in its address.
    pages.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string", bodyLimit: 1_024 }, (_request, _body, done) => done(null, undefined));
    pages.get("/acknowledge", async (request, reply) => answer(request, reply, site, secret, false));
    pages.post("/acknowledge", async (request, reply) => answer(request, reply, site, secret, true));
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, site: Site, secret: string, confirmed: boolean): Promise<FastifyReply> {
  const words = WORDS[localeOfPage(request)];
  const asked = acknowledgeQuery.safeParse(request.query);
  const facility = asked.success ? site.facilities.get(asked.data.facility) : undefined;
  const fault = asked.success ? facility?.core.state.faults.get(asked.data.fault) : undefined;
  const fits = asked.success && facility && fault
    && isAcknowledgement(secret, asked.data.token, { facility: facility.id, fault: fault.id, since: fault.reopenedAt ?? fault.reportedAt });
  if (!fits) return show(request, reply.status(404), html`<p role="alert">${words.wrong}</p>`);
  const about = html`<p><strong>${facility.core.state.config?.name ?? facility.id}</strong><br>${words.fault} ${fault.id}: ${fault.asset.kind} ${fault.asset.id}<br>${fault.details}</p>`;
  if (fault.acknowledgedAt !== null || fault.fixedAt !== null) return show(request, reply, html`${about}<p role="status">${words.already}</p>`);
  if (!confirmed) return show(request, reply, html`${about}<form method="post"><button>${words.button}</button></form>`);
  const done = await facility.execute({ type: "AcknowledgeFault", fault: fault.id, acknowledgedBy: fault.organisation }, { actor: null });
  return show(request, reply, html`${about}<p role="status">${done.ok ? words.done : words.already}</p>`);
}

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:18px/1.5 system-ui,"Noto Sans",Arial,sans-serif}main{max-width:34rem;margin:2rem auto;padding:0 1rem}
button{font:inherit;font-weight:700;min-height:3rem;padding:0 1.2rem;border:0;border-radius:.5rem;background:#1c4fa8;color:#fff}`;

function show(request: FastifyRequest, reply: FastifyReply, body: Html): FastifyReply {
  const locale = localeOfPage(request);
  const nonce = randomBytes(16).toString("base64");
  const { title } = WORDS[locale];
  return sendMarkup(reply, pageOf({ locale, title, style: STYLE, nonce, body: html`<main><h1>${title}</h1>${body}</main>` }), nonce);
}
