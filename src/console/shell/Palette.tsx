/** Ctrl K: go to any page, any car park, or a ticket by its number. */
import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconBuilding, IconLogout, IconMoon, IconSearch, IconTicket } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { OPERATORS } from "../../api/contract/access.ts";
import { useFormat } from "../words/format.ts";
import { useWords } from "../words/locale.tsx";
import { useLogout, useToggleScheme } from "./HeaderTools.tsx";
import { useOverview } from "./live.tsx";
import { NAV, pathOf } from "./nav.ts";
import { allowed, useMe } from "./session.ts";
import { shellWords } from "./words.ts";

const SHOWN_MAX = 12;

export function Palette({ facility }: { readonly facility: string | null }) {
  const t = useWords(shellWords);
  const format = useFormat();
  const navigate = useNavigate();
  const me = useMe().data;
  const toggleScheme = useToggleScheme();
  const logout = useLogout();
  const overview = useOverview();
  const [query, setQuery] = useState("");
  const go = (path: string) => () => void navigate({ to: path });
  const pages = NAV.filter((item) => allowed(me, item.roles)).flatMap((item): SpotlightActionData[] => {
    const path = pathOf(item, facility);
    return path === null ? [] : [{ id: item.key, label: t(item.key), leftSection: <item.icon size={18} aria-hidden />, onClick: go(path) }];
  });
  const carParks = (overview.data?.facilities ?? []).map((each): SpotlightActionData => ({
    id: `f-${each.id}`, label: each.name, description: `${each.address} · ${format.number(each.free)}`, leftSection: <IconBuilding size={18} aria-hidden />, onClick: go(`/f/${each.id}`),
  }));
  const digits = query.replace(/\D/g, "");
  const ticket: SpotlightActionData[] = digits.length >= 5 && facility !== null && allowed(me, OPERATORS)
    ? [{ id: "ticket", label: `${t("tickets")} ${digits}`, keywords: [query], leftSection: <IconTicket size={18} aria-hidden />, onClick: () => void navigate({ to: "/f/$facility/tickets", params: { facility }, search: { number: digits } }) }]
    : [];
  return (
    <Spotlight
      query={query} onQueryChange={setQuery} limit={SHOWN_MAX} shortcut={null} nothingFound={t("searchNothing")} highlightQuery scrollable
      attributes={{ content: { "aria-label": t("search") } }}
      searchProps={{ placeholder: t("search"), "aria-label": t("search"), leftSection: <IconSearch size={18} aria-hidden /> }}
      actions={[
        ...ticket,
        { group: t("pages"), actions: pages },
        { group: t("carParks"), actions: carParks },
        { group: t("actions"), actions: [
          { id: "scheme", label: t("toggleScheme"), leftSection: <IconMoon size={18} aria-hidden />, onClick: toggleScheme },
          { id: "logout", label: t("logout"), leftSection: <IconLogout size={18} aria-hidden />, onClick: logout },
        ] },
      ]}
    />
  );
}
