/** The shift at the till, and the way to a ticket that a driver brings to the office. */
import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FacilityView, ShiftView } from "../../../api/contract/live.ts";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { PrintedDocument } from "../../parts/PrintedDocument.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useOfficeActs } from "./acts.ts";
import { officeWords } from "./words.ts";

export function Till({ view }: { readonly view: FacilityView }) {
  const t = useWords(officeWords);
  const acts = useOfficeActs(view);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
      <Stack gap="sm">
        {view.shifts.length === 0 && (
          <Alert color="orange" variant="light" title={t("noShift")}><Text size="sm" mb="xs">{t("noShiftText")}</Text><Button onClick={acts.openShift}>{t("openShift")} …</Button></Alert>
        )}
        {view.shifts.map((shift) => <Shift key={shift.shift} shift={shift} view={view} onClose={() => acts.closeShift(shift.till, shift.expectedMinor)} onMove={() => acts.moveCash(shift.till)} />)}
      </Stack>
      <FindTicket facility={view.id} />
    </SimpleGrid>
  );
}

type ShiftProps = { readonly shift: ShiftView; readonly view: FacilityView; readonly onClose: () => void; readonly onMove: () => void };

function Shift({ shift, view, onClose, onMove }: ShiftProps) {
  const t = useWords(officeWords);
  const format = useFormat();
  const money = (minor: number) => format.money(minor, view.currency);
  return (
    <Panel title={t("shiftOf", { name: shift.openedBy })} tools={<Text size="sm" c="dimmed">{t("since", { time: format.dateTime(shift.openedAt, view.zone) })}</Text>}>
      <Facts rows={[
        [t("expected"), <b key="e" className="number">{money(shift.expectedMinor)}</b>], [t("floatShort"), money(shift.floatMinor)], [t("cash"), money(shift.cashMinor)],
        [t("card"), money(shift.cardMinor)], [t("refunded"), money(shift.refundedMinor)], [t("count"), format.number(shift.payments)],
        shift.seasons === 0 ? null : [t("seasons"), t("seasonsSold", { count: shift.seasons, cash: money(shift.seasonCashMinor), card: money(shift.seasonCardMinor) })],
        shift.addedMinor === 0 ? null : [t("added"), money(shift.addedMinor)], shift.droppedMinor === 0 ? null : [t("dropped"), money(shift.droppedMinor)],
      ]} />
      <Group mt="md" gap="xs">
        <Button onClick={onClose}>{t("closeShift")} …</Button>
        <Button variant="default" onClick={onMove}>{t("moveCash")} …</Button>
        <PrintedDocument path={`/facilities/${view.id}/office/shifts/${shift.shift}/document`} title={t("document")} />
      </Group>
    </Panel>
  );
}

function FindTicket({ facility }: { readonly facility: string }) {
  const t = useWords(officeWords);
  const navigate = useNavigate();
  const [number, setNumber] = useState("");
  const digits = number.replace(/\D/g, "").slice(0, 11);
  return (
    <Panel title={t("find")}>
      <Text size="sm" c="dimmed" mb="sm">{t("findText")}</Text>
      <form onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: "/f/$facility/tickets", params: { facility }, search: digits.length === 11 ? { number: digits, ticket: digits } : { number: digits } });
      }}>
        <Group align="flex-end" gap="xs">
          <TextInput label={t("number")} value={number} onChange={(event) => setNumber(event.currentTarget.value)} inputMode="numeric" autoFocus />
          <Button type="submit">{t("look")}</Button>
        </Group>
      </form>
    </Panel>
  );
}
