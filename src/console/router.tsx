/** Every address of the console. Pages are loaded when first visited; filters are part of the address. */
import { Button, Center, Stack, Text } from "@mantine/core";
import { Link, Outlet, createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Loading, Shell } from "./shell/Shell.tsx";
import { shellWords } from "./shell/words.ts";
import { useWords } from "./words/locale.tsx";

type Search = Readonly<Record<string, unknown>>;
const text = (search: Search, name: string): string | undefined => {
  const value = search[name];
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
};
/** Keeps the named text parameters of an address and forgets the rest. */
const only = <const N extends string>(...names: readonly N[]) => (search: Search): { readonly [K in N]?: string } => {
  const kept: { [K in N]?: string } = {};
  for (const name of names) {
    const value = text(search, name);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
};

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crashed });
const login = createRoute({
  getParentRoute: () => root, path: "/login", validateSearch: only("back"),
  component: lazyRouteComponent(() => import("./pages/login/LoginPage.tsx"), "LoginPage"),
});
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });
const inShell = { getParentRoute: () => shell };

const overview = createRoute({ ...inShell, path: "/", validateSearch: only("sort"), component: lazyRouteComponent(() => import("./pages/overview/OverviewPage.tsx"), "OverviewPage") });
const live = createRoute({ ...inShell, path: "/f/$facility", component: lazyRouteComponent(() => import("./pages/live/LivePage.tsx"), "LivePage") });
const tickets = createRoute({
  ...inShell, path: "/f/$facility/tickets", validateSearch: only("number", "from", "to", "machine", "state", "ticket"),
  component: lazyRouteComponent(() => import("./pages/tickets/TicketsPage.tsx"), "TicketsPage"),
});
const office = createRoute({ ...inShell, path: "/f/$facility/office", validateSearch: only("tab"), component: lazyRouteComponent(() => import("./pages/office/OfficePage.tsx"), "OfficePage") });
const stays = createRoute({ ...inShell, path: "/f/$facility/stays", validateSearch: only("tab"), component: lazyRouteComponent(() => import("./pages/stays/StaysPage.tsx"), "StaysPage") });
const tariff = createRoute({ ...inShell, path: "/f/$facility/tariff", validateSearch: only("tab", "of"), component: lazyRouteComponent(() => import("./pages/tariff/TariffPage.tsx"), "TariffPage") });
const calls = createRoute({ ...inShell, path: "/calls", validateSearch: only("call"), component: lazyRouteComponent(() => import("./pages/calls/CallsPage.tsx"), "CallsPage") });
const logbook = createRoute({
  ...inShell, path: "/logbook", validateSearch: only("facility", "category", "by", "search", "from", "to"),
  component: lazyRouteComponent(() => import("./pages/logbook/LogbookPage.tsx"), "LogbookPage"),
});
const faults = createRoute({
  ...inShell, path: "/faults", validateSearch: only("tab", "facility", "state", "organisation", "month"),
  component: lazyRouteComponent(() => import("./pages/faults/FaultsPage.tsx"), "FaultsPage"),
});
const guards = createRoute({
  ...inShell, path: "/guards", validateSearch: only("tab", "facility", "company", "from", "to"),
  component: lazyRouteComponent(() => import("./pages/guards/GuardsPage.tsx"), "GuardsPage"),
});
const seasons = createRoute({ ...inShell, path: "/seasons", validateSearch: only("facility", "season", "valid"), component: lazyRouteComponent(() => import("./pages/seasons/SeasonsPage.tsx"), "SeasonsPage") });
const reports = createRoute({
  ...inShell, path: "/reports", validateSearch: only("tab", "facility", "day", "from", "to"),
  component: lazyRouteComponent(() => import("./pages/reports/ReportsPage.tsx"), "ReportsPage"),
});
const accounts = createRoute({ ...inShell, path: "/accounts", validateSearch: only("facility", "inside"), component: lazyRouteComponent(() => import("./pages/accounts/AccountsPage.tsx"), "AccountsPage") });
const account = createRoute({
  ...inShell, path: "/accounts/$account", validateSearch: only("tab", "facility", "from", "to"),
  component: lazyRouteComponent(() => import("./pages/accounts/AccountPage.tsx"), "AccountPage"),
});
const statements = createRoute({ ...inShell, path: "/statements", validateSearch: only("facility", "month"), component: lazyRouteComponent(() => import("./pages/statements/StatementsPage.tsx"), "StatementsPage") });
const policies = createRoute({ ...inShell, path: "/f/$facility/policies", component: lazyRouteComponent(() => import("./pages/policies/PoliciesPage.tsx"), "PoliciesPage") });
const decisions = createRoute({ ...inShell, path: "/f/$facility/decisions", component: lazyRouteComponent(() => import("./pages/decisions/DecisionsPage.tsx"), "DecisionsPage") });
const ruleLab = createRoute({ ...inShell, path: "/rule-lab", validateSearch: only("tab", "account", "facility", "from", "to"), component: lazyRouteComponent(() => import("./pages/rulelab/RuleLabPage.tsx"), "RuleLabPage") });
const staff = createRoute({ ...inShell, path: "/staff", component: lazyRouteComponent(() => import("./pages/staff/StaffPage.tsx"), "StaffPage") });
const system = createRoute({ ...inShell, path: "/system", component: lazyRouteComponent(() => import("./pages/system/SystemPage.tsx"), "SystemPage") });
const settings = createRoute({ ...inShell, path: "/settings", component: lazyRouteComponent(() => import("./pages/settings/SettingsPage.tsx"), "SettingsPage") });

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    shell.addChildren([overview, live, tickets, office, stays, tariff, policies, decisions, accounts, account, statements, calls, logbook, faults, guards, seasons, reports, ruleLab, staff, system, settings]),
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: Crashed,
  scrollRestoration: true,
  // Numbers of tickets stay text: "01000000123" must not come back as 1000000123.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => [name, String(value)]);
    return entries.length === 0 ? "" : `?${new URLSearchParams(entries).toString()}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

function NotFound() {
  const t = useWords(shellWords);
  return (
    <Center mih="60vh">
      <Stack align="center"><Text component="h1" fz="h2">{t("notFound")}</Text><Button component={Link} to="/">{t("toOverview")}</Button></Stack>
    </Center>
  );
}

function Crashed({ error }: { readonly error: unknown }) {
  const t = useWords(shellWords);
  return (
    <Center mih="60vh" p="md">
      <Stack align="center" maw={480} role="alert">
        <Text component="h1" fz="h2">{t("crashed")}</Text>
        <Text>{t("crashedNext")}</Text>
        <Text className="mono" size="sm" c="dimmed">{error instanceof Error ? error.message : String(error)}</Text>
        <Button onClick={() => location.reload()}>{t("reload")}</Button>
      </Stack>
    </Center>
  );
}
