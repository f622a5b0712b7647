/** Ten car parks at a glance: how full, what rings, what is broken. */
import { Badge, Group, NativeSelect, SimpleGrid, Text } from "@mantine/core";
import { IconAlertTriangle, IconCar, IconFlame, IconPhoneCall, IconTool } from "@tabler/icons-react";
import { Link, Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { WATCHERS } from "../../../api/contract/access.ts";
import type { AlarmView, FacilitySummary, Overview } from "../../../api/contract/live.ts";
import { Age } from "../../parts/Age.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { OccupancyBar } from "../../parts/OccupancyBar.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { useOverview, useSecond } from "../../shell/live.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { ORDERS, type Order, ordered } from "./order.ts";
import { overviewWords } from "./words.ts";

export function OverviewPage() {
  const me = useMe().data;
  if (me !== undefined && !allowed(me, WATCHERS)) return <Navigate to="/guards" replace />;
  return <City />;
}

function City() {
  const t = useWords(overviewWords);
  const overview = useOverview();
  const now = useSecond();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/" });
  const order: Order = ORDERS.find((each) => each === search.sort) ?? "name";
  return (
    <>
      <PageHead title={t("title")} note={<Group gap={6}>{overview.data?.city}<Age ms={Math.max(0, now - overview.dataUpdatedAt)} /></Group>}>
        <NativeSelect
          label={t("sort")} value={order} onChange={(event) => void navigate({ to: "/", search: { sort: event.currentTarget.value } })}
          data={[{ value: "name", label: t("sortName") }, { value: "free", label: t("sortFree") }, { value: "alarms", label: t("sortAlarms") }]}
        />
      </PageHead>
      <Loaded query={overview}>
        {(data) => (
          <>
            <Totals overview={data} />
            <SimpleGrid component="ul" className="plain" cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} spacing="sm">
              {ordered(data.facilities, order).map((facility) => <li key={facility.id}><CarParkCard facility={facility} /></li>)}
            </SimpleGrid>
          </>
        )}
      </Loaded>
    </>
  );
}

function Totals({ overview }: { readonly overview: Overview }) {
  const t = useWords(overviewWords);
  const format = useFormat();
  const sum = (of: (facility: FacilitySummary) => number) => overview.facilities.reduce((total, facility) => total + of(facility), 0);
  const figures = [
    [t("cityFree"), sum((facility) => Math.max(0, facility.ticketFree)), "plain"],
    [t("cityInside"), sum((facility) => facility.occupied), "plain"],
    [t("cityCalls"), sum((facility) => facility.openCalls), "alarm"],
    [t("cityFaults"), sum((facility) => facility.openFaults), "warn"],
  ] as const;
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} spacing="sm" mt={0} mb="sm">
      {figures.map(([name, value, tone]) => (
        <div key={name} className="panel figure">
          <dt>{name}</dt>
          <dd className={`number${tone !== "plain" && value > 0 ? ` ${tone}` : ""}`}>{format.number(value)}</dd>
        </div>
      ))}
    </SimpleGrid>
  );
}

function CarParkCard({ facility }: { readonly facility: FacilitySummary }) {
  const t = useWords(overviewWords);
  const shared = useShared();
  const format = useFormat();
  const full = facility.sign === "carParkFull";
  return (
    <Link to="/f/$facility" params={{ facility: facility.id }} className={`panel card${facility.mode === "open" ? "" : " card-alarm"}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text component="h2" fw={650} fz="md" m={0}>{facility.name}</Text>
          <Text size="xs" c="dimmed">{facility.address}</Text>
        </div>
        {facility.mode === "open"
          ? <Badge color={full ? "red" : "green"}>{full ? t("full") : t("spaces")}</Badge>
          : <Badge color="red" variant="light" leftSection={facility.mode === "fire" ? <IconFlame size={12} aria-hidden /> : <IconAlertTriangle size={12} aria-hidden />}>{shared(`facilityMode.${facility.mode}`)}</Badge>}
      </Group>
      <Group gap={6} align="baseline" mt={6}>
        <Text component="span" fz={30} fw={700} className="number" lh={1.1}>{format.number(facility.ticketFree)}</Text>
        <Text component="span" size="sm" c="dimmed">{t("freeSpaces")}</Text>
      </Group>
      <OccupancyBar occupied={facility.occupied} capacity={facility.capacity} />
      <Text size="xs" c="dimmed" className="number">{t("ofCapacity", { occupied: format.number(facility.occupied), capacity: format.number(facility.capacity) })} · {t("lanes", { lanes: facility.lanes, stations: facility.stations })}</Text>
      <Group gap={6} mt={8}>
        {facility.openCalls > 0 && <Badge color="red" variant="light" leftSection={<IconPhoneCall size={12} aria-hidden />}>{t("calls", { count: facility.openCalls })}</Badge>}
        {facility.waiting > 0 && <Badge color="orange" variant="light" leftSection={<IconCar size={12} aria-hidden />}>{t("waiting", { count: facility.waiting })}</Badge>}
        {facility.openFaults > 0 && <Badge color="orange" variant="light" leftSection={<IconTool size={12} aria-hidden />}>{t("faults", { count: facility.openFaults })}</Badge>}
        {facility.alarms.filter(worthABadge).slice(0, 4).map((alarm) => <Badge key={`${alarm.kind} ${alarm.subject}`} color="red" variant="light">{t(`alarm.${alarm.kind}`)}{alarm.subject === "" ? "" : ` ${alarm.subject}`}</Badge>)}
        {facility.openCalls + facility.waiting + facility.openFaults + facility.alarms.length === 0 && <Text size="xs" c="dimmed">{t("quiet")}</Text>}
      </Group>
    </Link>
  );
}

/** Calls and faults have their own counts, modes their own badge. */
const worthABadge = (alarm: AlarmView): boolean => !["call", "fault", "fire", "safe"].includes(alarm.kind);
