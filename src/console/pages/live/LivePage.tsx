/** One car park as it is now. */
import { Alert, Badge, Button, Group, Menu, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconChevronDown, IconFlame } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { MANAGERS, OPERATORS } from "../../../api/contract/access.ts";
import type { FacilityView } from "../../../api/contract/live.ts";
import { Age } from "../../parts/Age.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { siteOf } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { useAge, useCarParkNow, useFacility, useSecond } from "../../shell/live.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { Groups } from "./Groups.tsx";
import { LaneCard } from "./LaneCard.tsx";
import { StationCard } from "./StationCard.tsx";
import { type LiveActs, useLiveActs } from "./acts.ts";
import type { LivePart } from "./part.ts";
import { liveWords } from "./words.ts";

export function LivePage() {
  const { facility } = useParams({ from: "/shell/f/$facility" });
  const query = useFacility(facility);
  return <Loaded query={query}>{(view) => <CarPark view={view} receivedAt={query.dataUpdatedAt} />}</Loaded>;
}

function CarPark({ view, receivedAt }: { readonly view: FacilityView; readonly receivedAt: number }) {
  const t = useWords(liveWords);
  const format = useFormat();
  const me = useMe().data;
  const acts = useLiveActs(view.id, view.currency);
  const now = useCarParkNow(view.at, receivedAt);
  const second = useSecond();
  const mayAct = allowed(me, OPERATORS);
  const part: LivePart = { facility: view.id, site: siteOf(view), now, age: useAge(view.at, receivedAt), acts: mayAct ? acts : null };
  return (
    <>
      <PageHead title={view.name} note={
        <Group gap={8}>{view.address} · <span className="number">{format.day(now, view.zone)} {format.seconds(now, view.zone)}</span><Age ms={Math.max(0, second - receivedAt)} /></Group>
      }>
        <Badge size="lg" color={view.sign === "spaces" ? "green" : "red"}>{t("sign")}: {t(`sign.${view.sign}`)}</Badge>
        {mayAct && <CarParkMenu view={view} acts={acts} />}
      </PageHead>
      <Banners view={view} acts={mayAct ? acts : null} mayLeaveSafe={allowed(me, MANAGERS)} />
      <Stack gap="md">
        <section aria-label={t("lanes")}>
          <Text component="h2" fw={650} fz="md" m={0} mb={6}>{t("lanes")}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} spacing="sm">{view.lanes.map((lane) => <LaneCard key={lane.id} lane={lane} part={part} />)}</SimpleGrid>
        </section>
        <section aria-label={t("stations")}>
          <Text component="h2" fw={650} fz="md" m={0} mb={6}>{t("stations")}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">{view.stations.map((station) => <StationCard key={station.id} station={station} part={part} />)}</SimpleGrid>
        </section>
        <Panel title={t("groups")}><Groups view={view} acts={part.acts} /></Panel>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
          <Waiting view={view} part={part} />
          <Calls view={view} part={part} />
        </SimpleGrid>
      </Stack>
    </>
  );
}

function CarParkMenu({ view, acts }: { readonly view: FacilityView; readonly acts: LiveActs }) {
  const t = useWords(liveWords);
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>{t("actions")}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.note()}>{t("note")} …</Menu.Item>
        {view.mode === "open" && <Menu.Item onClick={acts.closeCarPark}>{t("closeCarPark")} …</Menu.Item>}
        {view.mode === "closed" && <Menu.Item onClick={acts.openCarPark}>{t("openCarPark")} …</Menu.Item>}
        <Menu.Divider />
        {view.mode === "fire"
          ? <Menu.Item onClick={acts.resetFire}>{t("resetFire")} …</Menu.Item>
          : <Menu.Item c="red" leftSection={<IconFlame size={16} aria-hidden />} onClick={acts.raiseFire}>{t("raiseFire")} …</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function Banners({ view, acts, mayLeaveSafe }: { readonly view: FacilityView; readonly acts: LiveActs | null; readonly mayLeaveSafe: boolean }) {
  const t = useWords(liveWords);
  return (
    <Stack gap="xs" mb={view.mode === "open" && view.storeHealthy && !view.recountNeeded ? 0 : "md"} aria-live="assertive">
      {view.mode === "fire" && (
        <Alert color="red" variant="filled" icon={<IconFlame aria-hidden />} title={t("bannerFire")}>{acts !== null && <Button size="xs" variant="white" color="dark" onClick={acts.resetFire}>{t("resetFire")} …</Button>}</Alert>
      )}
      {view.mode === "safe" && (
        <Alert color="red" variant="filled" icon={<IconAlertTriangle aria-hidden />} title={t("bannerSafe")}>
          <Text size="sm" mb={6}>{t("bannerSafeText")}</Text>{mayLeaveSafe && acts !== null && <Button size="xs" variant="white" color="dark" onClick={acts.leaveSafe}>{t("leaveSafe")} …</Button>}
        </Alert>
      )}
      {view.mode === "closed" && <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t("bannerClosed")}>{acts !== null && <Button size="xs" variant="default" onClick={acts.openCarPark}>{t("openCarPark")} …</Button>}</Alert>}
      {view.recountNeeded && <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t("bannerRecount")}>{t("bannerRecountText")}</Alert>}
      {!view.storeHealthy && <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t("bannerStore")}>{t("bannerStoreText")}</Alert>}
    </Stack>
  );
}

function Waiting({ view, part }: { readonly view: FacilityView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  const shared = useShared();
  const format = useFormat();
  return (
    <Panel title={t("waitingOrder")}>
      {view.waiting.length === 0 ? <Text size="sm" c="dimmed">{t("noneWaiting")}</Text> : (
        <ol className="order">
          {view.waiting.map((place) => (
            <li key={`${place.lane} ${place.movement}`}>
              {part.site.lane(place.lane)} {place.since !== null && <Text component="span" size="xs" c="dimmed">{t("since", { duration: format.duration(part.now - place.since) })}</Text>}
              {place.offeredUntil !== null && <Badge color="green" ml={6}>{shared("laneStep.offered")} {t("until", { time: format.seconds(place.offeredUntil, part.site.zone) })}</Badge>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Calls({ view, part }: { readonly view: FacilityView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  const format = useFormat();
  return (
    <Panel title={t("calls")}>
      {view.guardsInside > 0 && <Text size="sm">{t("guards", { count: view.guardsInside })}</Text>}
      {view.calls.length === 0 ? <Text size="sm" c="dimmed">–</Text> : (
        <ul className="order plain-list">
          {view.calls.map((call) => (
            <li key={call.call}>
              <b>{call.origin.name}</b>: {wordOf(format.locale, "reason", call.reason)} <Text component="span" size="xs" c="dimmed">{t("since", { duration: format.duration(part.now - call.ringingSince) })}</Text>{" "}
              {part.acts !== null && <Link to="/calls" search={{ call: `${view.id}-${call.call}` }}>{t("toCalls")}</Link>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
