/** Find, language, light or dark, help, and the menu of whoever is signed in. */
import { ActionIcon, Menu, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSearch, IconSettings, IconSun, IconUserCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { act, newKey } from "../http/client.ts";
import { useLocale, useShared, useWords } from "../words/locale.tsx";
import { helpSheet } from "./Keys.tsx";
import { useMe } from "./session.ts";
import { shellWords } from "./words.ts";

export function useToggleScheme(): () => void {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  return () => setColorScheme(scheme === "dark" ? "light" : "dark");
}

export function useLogout(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: () => act("/logout", undefined, newKey()),
    onSettled: async () => {
      await navigate({ to: "/login" });
      queries.clear();
    },
  });
  return () => leaving.mutate();
}

export function HeaderTools() {
  const t = useWords(shellWords);
  const shared = useShared();
  const { locale, choose } = useLocale();
  const scheme = useComputedColorScheme("light");
  const toggleScheme = useToggleScheme();
  const logout = useLogout();
  const me = useMe().data;
  return (
    <>
      <Tooltip label={`${t("search")} (Ctrl K)`}>
        <ActionIcon size="lg" variant="subtle" color="gray" aria-label={t("search")} onClick={spotlight.open}><IconSearch size={20} aria-hidden /></ActionIcon>
      </Tooltip>
      <Tooltip label={`${t("toggleScheme")} (Ctrl J)`}>
        <ActionIcon size="lg" variant="subtle" color="gray" aria-label={t("toggleScheme")} onClick={toggleScheme} visibleFrom="xs">
          {scheme === "dark" ? <IconSun size={20} aria-hidden /> : <IconMoon size={20} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" withArrow>
        <Menu.Target>
          <ActionIcon size="lg" variant="subtle" color="gray" aria-label={t("signedInAs", { name: me?.name ?? "" })}><IconUserCircle size={22} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label><Text size="sm" fw={600} c="var(--mantine-color-text)">{me?.name}</Text>{me?.roles.map((role) => shared(`role.${role}`)).join(", ")}</Menu.Label>
          <Menu.Item leftSection={<IconLanguage size={16} aria-hidden />} onClick={() => choose(locale === "en" ? "de" : "en")} lang={locale === "en" ? "de" : "en"}>{t("toggleLanguage")}</Menu.Item>
          <Menu.Item leftSection={<IconMoon size={16} aria-hidden />} onClick={toggleScheme}>{t("toggleScheme")}</Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={helpSheet.open}>{t("help")}</Menu.Item>
          <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} component={Link} to="/settings">{t("settings")}</Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={logout}>{t("logout")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
