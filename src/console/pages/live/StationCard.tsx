/** One pay station: its screen, the payment going on, the coins it can give back. */
import { Badge, Button, Group, Menu, Text } from "@mantine/core";
import { IconCoins, IconDotsVertical } from "@tabler/icons-react";
import type { StationView } from "../../../api/contract/live.ts";
import { Facts } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { sayWords } from "../../words/say.ts";
import { DeviceList } from "./DeviceList.tsx";
import type { LivePart } from "./part.ts";
import { liveWords } from "./words.ts";

export function StationCard({ station, part }: { readonly station: StationView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  const format = useFormat();
  const money = (minor: number) => format.money(minor, part.site.currency);
  const transaction = station.transaction;
  const cashBox = station.cashBox.reduce((sum, row) => sum + row.denominationMinor * row.count, 0);
  return (
    <article className={`panel${station.inService ? "" : " card-alarm"}`} aria-label={station.name}>
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Text component="h3" fw={650} m={0} fz="sm">{station.name}</Text>
        <Group gap={4}>
          {!station.inService && <Badge color="red" variant="light">{t("outOfService")}</Badge>}
          <Badge color={station.cashEnabled ? "green" : "gray"}>{t("cash")}: {station.cashEnabled ? t("on") : t("off")}</Badge>
          <Badge color={station.cardEnabled ? "green" : "gray"}>{t("card")}: {station.cardEnabled ? t("on") : t("off")}</Badge>
        </Group>
      </Group>
      <p className="lcd" aria-label={t("display")}>{sayWords(format.locale, station.screen, part.site)}</p>
      {transaction !== null && (
        <Facts rows={[
          transaction.ticket === null ? null : [t("ticket"), <span className="mono" key="t">{transaction.ticket}</span>],
          [t("charge"), money(transaction.chargeMinor)], [t("inserted"), money(transaction.insertedMinor)], [t("remaining"), money(transaction.remainingMinor)],
          transaction.changeMinor === 0 ? null : [t("change"), money(transaction.changeMinor)],
          transaction.retainedMinor === 0 ? null : [t("retained"), money(transaction.retainedMinor)],
        ]} />
      )}
      <Hoppers station={station} part={part} />
      <Text size="xs" c="dimmed" mt={4}>{t("cashBox")}: {cashBox === 0 ? t("empty") : money(cashBox)}</Text>
      <DeviceList devices={station.devices} part={part} />
      <Group gap={6} mt={8}>
        {part.acts !== null && <StaffMenu station={station} part={part} />}
        <Button size="xs" variant="subtle" component="a" href={`/kiosk/${part.facility}/${station.id}`} target="_blank" rel="noreferrer">{t("kiosk")}</Button>
      </Group>
    </article>
  );
}

function Hoppers({ station, part }: { readonly station: StationView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  const format = useFormat();
  return (
    <ul className="plain hoppers" aria-label={t("hoppers")}>
      {station.hoppers.map((hopper) => {
        const value = format.money(hopper.denominationMinor, part.site.currency);
        const share = hopper.capacity <= 0 ? 0 : Math.min(1, hopper.count / hopper.capacity);
        return (
          <li key={hopper.denominationMinor} title={t("hopper", { value, count: hopper.count, capacity: hopper.capacity })}>
            <div className="hopper" aria-hidden><div className={share < 0.1 ? "hopper-low" : ""} style={{ height: `${Math.max(3, share * 100)}%` }} /></div>
            <span className="number">{hopper.suspect ? <b className="alarm" title={t("suspect")}>{hopper.count}?<span className="sr"> {t("suspect")}</span></b> : hopper.count}</span><span className="hopper-name">{value}</span>
          </li>
        );
      })}
    </ul>
  );
}

function StaffMenu({ station, part }: { readonly station: StationView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button size="xs" variant="default" leftSection={<IconCoins size={14} aria-hidden />} rightSection={<IconDotsVertical size={14} aria-hidden />} aria-label={`${t("staff")}: ${station.name}`}>{t("staff")}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => part.acts?.fill(station)}>{t("fill")} …</Menu.Item>
        <Menu.Item onClick={() => part.acts?.emptyHopper(station)}>{t("emptyHopper")} …</Menu.Item>
        <Menu.Item onClick={() => part.acts?.exchangeCashBox(station)}>{t("exchange")} …</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => part.acts?.abandonPayout(station)}>{t("abandonPayout")} …</Menu.Item>
        <Menu.Item onClick={() => part.acts?.resetCounters(station)}>{t("resetCounters")} …</Menu.Item>
        <Menu.Item onClick={() => part.acts?.setStationMode(station)}>{t(station.inService ? "takeOutShort" : "putInShort")} …</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
