/** One call: which device, which ticket, what is due and why, and the acts that end it. */
import { Badge, Button, Group, Kbd, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import { useActs } from "../../act/acts.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useCarParkNow } from "../../shell/live.tsx";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { useLiveActs } from "../live/acts.ts";
import { DueLines } from "../tickets/DueLines.tsx";
import { useTicketActs } from "../tickets/acts.ts";
import type { Calling } from "./calling.ts";
import { callWords } from "./words.ts";

const OUTCOMES = ["advised", "driverLeft", "paid", "graceExtended", "ticketReplaced", "opened", "gaveUp"] as const;

export function CallDetails({ calling }: { readonly calling: Calling }) {
  const t = useWords(callWords);
  const format = useFormat();
  const { call, view, receivedAt } = calling;
  const now = useCarParkNow(view.at, receivedAt);
  const does = useCallActs(calling);
  useHotkeys([
    ["A", does.answer], ["mod+Enter", does.open], ["P", does.pay], ["X", does.grace], ["R", does.replace], ["E", does.end],
  ]);
  return (
    <Panel title={`${view.name}: ${call.origin.name}`} tools={<Badge color={call.answeredBy === null ? "red" : "green"} variant="light">{call.answeredBy === null ? t("ringing", { duration: format.duration(now - call.ringingSince) }) : t("answeredBy", { name: call.answeredBy })}</Badge>}>
      <Stack gap="sm">
        <Text fz="lg" fw={650}>{wordOf(format.locale, "reason", call.reason)}{call.forwarded > 0 && <Badge ml={8} color="orange">{t("forwarded", { count: call.forwarded })}</Badge>}</Text>
        <TicketOfCall calling={calling} />
        <Group gap={6}>
          {call.answeredBy === null && <Button onClick={does.answer} rightSection={<Kbd size="xs">A</Kbd>}>{t("answer")}</Button>}
          {call.origin.kind === "lane" && <Button color="red" onClick={does.open} rightSection={<Kbd size="xs">Ctrl ⏎</Kbd>}>{t("open")} …</Button>}
          {does.canPay && <Button variant="light" onClick={does.pay} rightSection={<Kbd size="xs">P</Kbd>}>{t("pay")} …</Button>}
          {does.canExtend && <Button variant="light" onClick={does.grace} rightSection={<Kbd size="xs">X</Kbd>}>{t("grace")} …</Button>}
          {call.ticket !== null && <Button variant="default" onClick={does.replace} rightSection={<Kbd size="xs">R</Kbd>}>{t("replace")} …</Button>}
          <Button variant="default" component={Link} to={`/f/${view.id}/office?tab=lost`}>{t("lost")}</Button>
          <Button variant="default" onClick={does.end} rightSection={<Kbd size="xs">E</Kbd>}>{t("end")} …</Button>
        </Group>
        <Text size="xs" c="dimmed">{t("keysHint")}</Text>
      </Stack>
    </Panel>
  );
}

function TicketOfCall({ calling: { call: { ticket }, view } }: { readonly calling: Calling }) {
  const t = useWords(callWords);
  const format = useFormat();
  if (ticket === null) return <Text c="dimmed">{t("noTicket")}</Text>;
  return (
    <>
      {ticket.due !== null && <DueLines due={ticket.due} zone={view.zone} />}
      <Facts rows={[
        [t("ticket"), <Link key="t" className="mono" to="/f/$facility/tickets" params={{ facility: view.id }} search={{ ticket: ticket.number }}>{ticket.number}</Link>],
        [t("state"), wordOf(format.locale, "ticketState", ticket.state)],
        [t("entered"), format.dateTime(ticket.issuedAt, view.zone)],
        ticket.paidAt === null ? null : [t("paid"), `${format.time(ticket.paidAt, view.zone)}, ${format.money(ticket.paidMinor, view.currency)}`],
        ticket.leaveBy === null ? null : [t("leaveBy"), format.time(ticket.leaveBy, view.zone)],
      ]} />
    </>
  );
}

function useCallActs({ call, view }: Calling) {
  const t = useWords(callWords);
  const shared = useShared();
  const acts = useActs();
  const navigate = useNavigate();
  const lanes = useLiveActs(view.id, view.currency);
  const tickets = useTicketActs(view.id);
  const at = `/facilities/${view.id}/calls/${call.call}`;
  const ticket = call.ticket;
  const canPay = ticket !== null && ticket.due !== null && ticket.due.dueMinor > 0;
  const canExtend = ticket !== null && ticket.state === "paid";
  return {
    canPay, canExtend,
    answer: () => {
      if (call.answeredBy === null) acts.now({ path: `${at}/answer`, body: () => undefined, done: t("answered") });
    },
    open: () => {
      if (call.origin.kind === "lane") lanes.openLane({ id: call.origin.id, name: `${view.name}, ${call.origin.name}` }, ticket?.number);
    },
    pay: () => {
      if (ticket !== null && ticket.due !== null && ticket.due.dueMinor > 0) tickets.pay({ number: ticket.number, due: ticket.due });
    },
    grace: () => {
      if (canExtend) tickets.extendGrace(ticket.number);
    },
    replace: () => {
      if (ticket !== null) tickets.replace(ticket.number, (answer) => void navigate({ to: "/f/$facility/tickets", params: { facility: view.id }, search: { ticket: answer.number } }));
    },
    end: () => acts.ask({
      title: t("endTitle", { call: call.call }), confirm: t("end"),
      fields: [{ kind: "choice", name: "outcome", label: t("outcome"), initial: "advised", choices: OUTCOMES.map((outcome) => ({ value: outcome, label: shared(`callOutcome.${outcome}`) })) }],
      path: `${at}/end`, body: (values) => values, done: t("ended"),
    }),
  };
}
