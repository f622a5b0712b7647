/** What is due and every charge that made it, so that an attendant can say why. */
import { Table, Text } from "@mantine/core";
import type { DueView } from "../../../api/contract/ticket.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { ticketWords } from "./words.ts";

export function DueLines({ due, zone }: { readonly due: DueView; readonly zone: string }) {
  const t = useWords(ticketWords);
  const format = useFormat();
  const money = (minor: number) => format.money(minor, due.currency);
  return (
    <>
      <Text fz={28} fw={700} className="number" lh={1.2}>{due.dueMinor === 0 ? t("nothingDue") : money(due.dueMinor)}</Text>
      <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} maw={460} aria-label={t("why")}>
        <Table.Tbody>
          {due.lines.map((line) => (
            <Table.Tr key={`${line.from} ${line.table}`}>
              <Table.Td>{t("line", { from: format.time(line.from, zone), to: format.time(line.to, zone) })}</Table.Td>
              <Table.Td c="dimmed">{line.units > 1 && line.amountMinor % line.units === 0 ? t("times", { count: line.units, price: money(line.amountMinor / line.units) }) : ""}</Table.Td>
              <Table.Td className="number">{money(line.amountMinor)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr><Table.Th scope="row">{t("total")}</Table.Th><Table.Td /><Table.Td className="number"><b>{money(due.totalMinor)}</b></Table.Td></Table.Tr>
          {due.paidMinor > 0 && <Table.Tr><Table.Th scope="row">{t("paidSoFar")}</Table.Th><Table.Td /><Table.Td className="number">− {money(due.paidMinor)}</Table.Td></Table.Tr>}
        </Table.Tbody>
      </Table>
    </>
  );
}
