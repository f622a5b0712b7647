/** Everything about one ticket: state, what is due and why, what was done with it, and what can be done now. */
import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { SiteWords } from "../../../messages/site.ts";
import type { TicketDetails } from "../../../api/contract/ticket.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { PrintedDocument } from "../../parts/PrintedDocument.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { read } from "../../http/client.ts";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { DueLines } from "./DueLines.tsx";
import { useTicketActs } from "./acts.ts";
import { ticketWords } from "./words.ts";

type TicketCardProps = { readonly facility: string; readonly number: string; readonly site: SiteWords; readonly onReplaced: (number: string) => void };

const COLOUR = { ordered: "gray", printed: "gray", taken: "gray", live: "blue", paid: "green", used: "gray", void: "red" } as const;

/** The amount due grows while the ticket is looked at. */
const REFRESH_MS = 15_000;

export function TicketCard({ facility, number, site, onReplaced }: TicketCardProps) {
  const t = useWords(ticketWords);
  const query = useQuery({
    queryKey: ["ticket", facility, number], queryFn: () => read<TicketDetails>(`/facilities/${facility}/tickets/${number}`), refetchInterval: REFRESH_MS,
  });
  return (
    <Panel title={t("details", { number })}>
      <Loaded query={query}>{(details) => <Details facility={facility} details={details} site={site} onReplaced={onReplaced} />}</Loaded>
    </Panel>
  );
}

type DetailsProps = { readonly facility: string; readonly details: TicketDetails; readonly site: SiteWords; readonly onReplaced: (number: string) => void };

function Details({ facility, details: { ticket, due, dueRefusal, history }, site, onReplaced }: DetailsProps) {
  const t = useWords(ticketWords);
  const shared = useShared();
  const format = useFormat();
  const acts = useTicketActs(facility);
  const active = ticket.state === "live" || ticket.state === "paid" || ticket.state === "taken";
  const time = (at: number | null) => (at === null ? null : format.dateTime(at, site.zone));
  return (
    <Stack gap="sm">
      <Group gap={6}><Badge color={COLOUR[ticket.state]} variant="light" size="lg">{shared(`ticketState.${ticket.state}`)}</Badge>{ticket.voidReason !== null && <Text size="sm">{t("voidReason")}: {wordOf(format.locale, "voidReason", ticket.voidReason)}</Text>}</Group>
      {due !== null && <DueLines due={due} zone={site.zone} />}
      {dueRefusal !== null && <Alert color="orange" variant="light">{t("notPriced", { reason: wordOf(format.locale, "refusal", dueRefusal.type) })}</Alert>}
      {active && (
        <Group gap={6}>
          {due !== null && due.dueMinor > 0 && <Button onClick={() => acts.pay({ number: ticket.number, due })}>{t("pay")} …</Button>}
          <Button variant="default" onClick={() => acts.replace(ticket.number, (answer) => onReplaced(answer.number))}>{t("replace")} …</Button>
          {ticket.state === "paid" && <Button variant="default" onClick={() => acts.extendGrace(ticket.number)}>{t("grace")} …</Button>}
          {ticket.state !== "paid" && <Button variant="subtle" color="red" onClick={() => acts.makeVoid(ticket.number)}>{t("void")} …</Button>}
        </Group>
      )}
      <Facts rows={[
        [t("entered"), time(ticket.issuedAt)], [t("printed"), `${ticket.printed.date} ${ticket.printed.time}`], [t("machine"), machineText(ticket.machine, site, t("office"))],
        [t("group"), site.group(ticket.group)],
        ticket.paidAt === null ? null : [t("paid"), `${time(ticket.paidAt)}, ${format.money(ticket.paidMinor, site.currency)}`],
        ticket.leaveBy === null ? null : [t("leaveBy"), format.time(ticket.leaveBy, site.zone)],
        ticket.claim === null ? null : [t("claim"), ticket.claim.id],
        ticket.replaces === null ? null : [t("replaces"), <span className="mono" key="r">{ticket.replaces}</span>],
        ticket.stay === null ? null : [t("stay"), <span className="mono" key="s">{ticket.stay}</span>],
        ticket.endedAt === null ? null : [t("ended"), time(ticket.endedAt)],
      ]} />
      <PrintedDocument path={`/facilities/${facility}/tickets/${ticket.number}/document`} title={t("document")} />
      <Text component="h3" fw={650} fz="sm" m={0}>{t("history")}</Text>
      <ol className="history">
        {history.map((line) => (
          <li key={line.seq}>
            <span className="number">{format.dateTime(line.at, site.zone)}</span> {line.text}{line.by !== null && <Text component="span" size="xs" c="dimmed"> {t("by", { name: line.by })}</Text>}
          </li>
        ))}
      </ol>
    </Stack>
  );
}

export const machineText = (machine: string, site: SiteWords, office: string): string => (machine === "office" ? office : site.lane(machine));
