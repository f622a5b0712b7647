/** Letters to accounts on their way: from the outbox through the vault to the mail server, recorded in the car park. */
import type { FacilityHandle, Site } from "../api/site.ts";
import { statementPaper } from "../api/views/statement.ts";
import { statementOf } from "../carpark/readmodels/rights.ts";
import { monthText } from "../carpark/reports/statement.ts";
import { openDeliverer, type Deliverer } from "../journal/outbox.ts";
import { ACCOUNT_EMAIL_SCHEDULE, accountDelivery, type MailRecord } from "../notifications/account-delivery.ts";
import { ACCOUNT_TOPIC } from "../notifications/account-message.ts";

export async function openAccountMail(site: Site, connectionString: string, log: (message: string) => void): Promise<Deliverer> {
  const configOf = (id: string) => site.facilities.get(id)?.core.state.config;
  return openDeliverer({
    connectionString, topic: ACCOUNT_TOPIC, schedule: ACCOUNT_EMAIL_SCHEDULE, now: site.now,
    onDead: (letter) => log(`account message ${letter.id} was not delivered: ${letter.reason}`),
    deliver: accountDelivery({
      mailer: site.mailer, schedule: ACCOUNT_EMAIL_SCHEDULE, monthText,
      contactOf: async (account) => {
        const known = site.operator.state.directory.accounts.get(account);
        return known ? site.people.contact(known.contact) : null;
      },
      labelOf: async (credential) => (await site.credentials.labels([credential])).get(credential) ?? null,
      facility: (id) => ({ name: configOf(id)?.name ?? id, address: configOf(id)?.address ?? "", zone: configOf(id)?.zone ?? site.city.zone }),
      paperOf: async (facility, number, locale) => {
        await site.reads.caughtUp("rights");
        const row = await statementOf(site.reads.db, facility, number);
        if (!row) return null;
        const { fileName, body } = await statementPaper(site, row, "pdf", locale);
        return { fileName, content: typeof body === "string" ? new TextEncoder().encode(body) : body };
      },
      record: (facility, record) => recordAt(site.facilities.get(facility), record),
    }),
  });
}

async function recordAt(facility: FacilityHandle | undefined, record: MailRecord): Promise<boolean> {
  if (!facility) return false;
  const done = await facility.execute({ type: "RecordAccountMail", ...record }, { actor: null });
  return done.ok || done.error.kind === "refused";
}
