/**
 * The frame around every page: where you are, what rings, whether the line is alive.
 *
 *   header   menu | find | live badge, calls, language, light/dark, who
 *   nav      city pages, pages of the chosen car park
 *   main     the page, behind a skip link
 */
import { AppShell, Badge, Box, Burger, Group, NativeSelect, NavLink, ScrollArea, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { ActsProvider } from "../act/acts.tsx";
import { useShared, useWords } from "../words/locale.tsx";
import { CallBell } from "./CallBell.tsx";
import { HeaderTools } from "./HeaderTools.tsx";
import { Keys } from "./Keys.tsx";
import { Palette } from "./Palette.tsx";
import { LiveProvider, useLine, useOverview } from "./live.tsx";
import { NAV, type NavItem, pathOf } from "./nav.ts";
import { allowed, useMe } from "./session.ts";
import { WATCHERS } from "../../api/contract/access.ts";
import { useChosenFacility } from "./facility.ts";
import { Mark } from "./Mark.tsx";
import { shellWords } from "./words.ts";

export function Shell() {
  const me = useMe();
  const facility = useChosenFacility();
  const navigate = useNavigate();
  const gone = me.error !== null;
  const location = useLocation();
  useEffect(() => {
    // While the login page is being fetched this frame still stands, at an address that is already the login's.
    if (gone && location.pathname !== "/login") void navigate({ to: "/login", search: { back: location.href } });
  }, [gone, navigate, location.pathname, location.href]);
  if (me.data === undefined) return <Loading />;
  const watches = allowed(me.data, WATCHERS);
  return (
    <LiveProvider facility={facility} demo={me.data.demo} enabled={watches}>
      <ActsProvider>
        <Frame facility={facility} />
      </ActsProvider>
    </LiveProvider>
  );
}

export function Loading() {
  const t = useWords(shellWords);
  return <Box p="xl" c="dimmed" role="status">{t("loading")} …</Box>;
}

function Frame({ facility }: { readonly facility: string | null }) {
  const t = useWords(shellWords);
  const [opened, { toggle, close }] = useDisclosure(false);
  const location = useLocation();
  useEffect(close, [location.pathname, close]);
  return (
    <>
      <a className="skip" href="#main">{t("skip")}</a>
      <AppShell header={{ height: 56 }} navbar={{ width: 232, breakpoint: "md", collapsed: { mobile: !opened } }} padding={{ base: "sm", sm: "lg" }}>
        <AppShell.Header>
          <Group h="100%" px={{ base: "xs", sm: "md" }} gap="xs" wrap="nowrap" justify="space-between">
            <Group gap="xs" wrap="nowrap">
              <Burger opened={opened} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t("menu")} aria-expanded={opened} />
              <Link to="/" className="brand" aria-label="Gatehouse"><Mark /><Text component="span" fw={700} visibleFrom="xs">Gatehouse</Text></Link>
              <DemoBadge />
            </Group>
            <Group gap={6} wrap="nowrap">
              <LineBadge />
              <CallBell />
              <HeaderTools />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar component="nav" aria-label={t("nav")}>
          <ScrollArea type="auto" p="xs"><Navigation facility={facility} /></ScrollArea>
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1}><Outlet /></AppShell.Main>
      </AppShell>
      <Palette facility={facility} />
      <Keys facility={facility} />
    </>
  );
}

function DemoBadge() {
  const t = useWords(shellWords);
  const demo = useMe().data?.demo === true;
  return demo ? <Tooltip label={t("demoHint")}><Badge color="grape" variant="light" tabIndex={0}>{t("demo")}</Badge></Tooltip> : null;
}

function LineBadge() {
  const t = useWords(shellWords);
  const watches = allowed(useMe().data, WATCHERS);
  const { line } = useLine();
  if (!watches) return null;
  const text = line === "open" ? t("lineOpen") : line === "connecting" ? t("lineConnecting") : line === "lost" ? t("lineLost") : t("lineRefused");
  const colour = line === "open" ? "green" : line === "connecting" ? "gray" : "red";
  return (
    <Box role="status" aria-live="polite">
      <Badge color={colour} visibleFrom={line === "open" ? "sm" : "xs"}>{text}</Badge>
      {line !== "open" && <Badge color={colour} hiddenFrom="xs" aria-hidden>…</Badge>}
    </Box>
  );
}

function Navigation({ facility }: { readonly facility: string | null }) {
  const t = useWords(shellWords);
  const me = useMe().data;
  const city = NAV.filter((item) => item.within === "city" && allowed(me, item.roles));
  const local = NAV.filter((item) => item.within === "facility" && allowed(me, item.roles));
  return (
    <>
      {local.length > 0 && (
        <Box mb="sm">
          <FacilityChooser facility={facility} />
          {local.map((item) => <Item key={item.key} item={item} facility={facility} />)}
        </Box>
      )}
      <Text size="xs" fw={650} c="dimmed" px="xs" mb={4}>{t("city")}</Text>
      {city.map((item) => <Item key={item.key} item={item} facility={facility} />)}
      {me?.demo === true && <NavLink component="a" href={facility === null ? "/virtual/" : `/virtual/?facility=${facility}`} label={t("virtual")} className="nav" mt="sm" />}
    </>
  );
}

function Item({ item, facility }: { readonly item: NavItem; readonly facility: string | null }) {
  const t = useWords(shellWords);
  const { pathname } = useLocation();
  const path = pathOf(item, facility);
  if (path === null) return null;
  const active = pathname === path;
  const Icon = item.icon;
  return (
    <NavLink
      component={Link} to={path} activeOptions={{ exact: true, includeSearch: false }} label={t(item.key)} leftSection={<Icon size={18} stroke={1.7} aria-hidden />} className="nav"
      active={active} {...(active ? { "aria-current": "page" as const } : {})}
    />
  );
}

function FacilityChooser({ facility }: { readonly facility: string | null }) {
  const t = useWords(shellWords);
  const shared = useShared();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const overview = useOverview();
  const data = (overview.data?.facilities ?? []).map((each) => ({
    value: each.id, label: each.mode === "open" ? each.name : `${each.name} · ${shared(`facilityMode.${each.mode}`)}`,
  }));
  const page = /^\/f\/[^/]+(\/.*)?$/.exec(pathname)?.[1] ?? "";
  return (
    <NativeSelect
      label={t("carPark")} data={data} value={facility ?? ""} mb={6} px={4}
      onChange={(event) => void navigate({ to: `/f/${event.currentTarget.value}${page}` })}
    />
  );
}

/** The page's heading: one h1, what can be done at its right. */
export function PageHead({ title, children, note }: { readonly title: string; readonly children?: React.ReactNode; readonly note?: React.ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Gatehouse`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-end" mb="md" gap="sm">
      <Box>
        <Text component="h1" fz="h2" fw={680} lh={1.2} m={0}>{title}</Text>
        {note !== undefined && <Text size="sm" c="dimmed" component="div">{note}</Text>}
      </Box>
      <Group gap="xs">{children}</Group>
      <VisuallyHidden aria-live="polite">{title}</VisuallyHidden>
    </Group>
  );
}
