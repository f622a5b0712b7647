/** Statements as people see them: issued figures, with names and plates as the vault knows them now. */
import { present } from "../../kernel/assert.ts";
import { csvDownload, pdfDownload } from "../../carpark/reports/reports.ts";
import { type StatementParties, statementDocument, vatLinesOf } from "../../carpark/reports/statement.ts";
import type { StatementRow } from "../../carpark/readmodels/rights.ts";
import type { Statement, StatementLine } from "../../rights/desk/statement.ts";
import type { Addressee } from "../contract/rights-words.ts";
import type { StatementHead, StatementView } from "../contract/statements.ts";
import { whyView } from "./right-stays.ts";
import type { Locale } from "../contract/words.ts";
import type { Site } from "../site.ts";

const contactOf = async (site: Site, account: string): Promise<Addressee | null> => {
  const known = site.operator.state.directory.accounts.get(account);
  return known ? site.people.contact(known.contact) : null;
};

export async function statementHead(site: Site, row: StatementRow): Promise<StatementHead> {
  const contact = await contactOf(site, row.account);
  return headOf(row, contact);
}

const headOf = (row: StatementRow, contact: Addressee | null): StatementHead => ({
  number: row.number, facility: row.facility, account: row.account, month: row.month, issuedAt: row.issued_at, currency: row.currency,
  totalMinor: row.total_minor, lines: row.statement.lines.length, name: contact?.name ?? null, mail: row.mail, mailDetail: row.mail_detail,
});

type Parties = StatementParties & { readonly contact: Addressee | null };

async function partiesOf(site: Site, facilityId: string, statement: Statement): Promise<Parties> {
  const config = present(site.facilities.get(facilityId)?.core.state.config, `configuration of ${facilityId}`);
  const contact = await contactOf(site, statement.account);
  const labels = await site.credentials.labels(statement.lines.flatMap((line) => (line.type === "contractFee" ? [] : [line.credential])));
  const { name, address, vatNumber } = config.administration;
  return {
    issuer: { name, address, vatNumber }, facility: { name: config.name, address: config.address, zone: config.zone },
    contact, recipient: contact && { name: contact.name, address: contact.address }, labelOf: (ref) => labels.get(ref) ?? null,
  };
}

export async function statementView(site: Site, row: StatementRow): Promise<StatementView> {
  const { issuer, contact, labelOf } = await partiesOf(site, row.facility, row.statement);
  return {
    head: headOf(row, contact), issuer: { ...issuer }, recipient: contact, lines: row.statement.lines.map((line) => lineView(line, labelOf)),
    vat: vatLinesOf(row.statement).map((line) => ({ ...line })), rules: row.statement.rules,
  };
}

function lineView(line: StatementLine, labelOf: StatementParties["labelOf"]): StatementView["lines"][number] {
  const none = { label: null, from: null, to: null, chargedMs: null, charged: [], original: null, billedMinor: null, why: null };
  const { type, amountMinor } = line;
  switch (line.type) {
    case "stay":
      return { ...none, type, item: line.item, label: labelOf(line.credential), from: line.from, to: line.to, chargedMs: line.chargedMs,
        charged: line.charged.map((one) => ({ ...one })), amountMinor };
    case "exitWithoutEntry": return { ...none, type, item: line.item, label: labelOf(line.credential), to: line.at, amountMinor };
    case "correction":
      return { ...none, type, item: line.item, label: labelOf(line.credential), original: line.original, billedMinor: line.billedMinor, amountMinor,
        why: line.why ? whyView(line.why) : null };
    case "contractFee": return { ...none, type, item: line.contract, amountMinor };
  }
}

export type Paper = { readonly media: string; readonly body: string | Uint8Array; readonly fileName: string };

export async function statementPaper(site: Site, row: StatementRow, format: "csv" | "pdf", locale: Locale): Promise<Paper> {
  const document = statementDocument(row.statement, await partiesOf(site, row.facility, row.statement), locale);
  return format === "csv"
    ? { media: "text/csv; charset=utf-8", body: csvDownload(document), fileName: `${row.number}.csv` }
    : { media: "application/pdf", body: await pdfDownload(document), fileName: `${row.number}.pdf` };
}

