/** Keys that work on every page, and the sheet that lists them (`?`). Nothing that opens a barrier is among them. */
import { Kbd, Modal, Table, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { useWords } from "../words/locale.tsx";
import { useToggleScheme } from "./HeaderTools.tsx";
import { NAV, pathOf } from "./nav.ts";
import { allowed, useMe } from "./session.ts";
import { type ShellKeys, shellWords } from "./words.ts";

/** The second key of a pair has this long to follow. */
const PAIR_MS = 1_500;

let shown = false;
const watchers = new Set<() => void>();
function show(next: boolean): void {
  shown = next;
  watchers.forEach((watch) => watch());
}
export const helpSheet = { open: () => show(true), close: () => show(false) };
const useHelpShown = () =>
  useSyncExternalStore((watch) => { watchers.add(watch); return () => watchers.delete(watch); }, () => shown);

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

export function Keys({ facility }: { readonly facility: string | null }) {
  const navigate = useNavigate();
  const me = useMe().data;
  const toggleScheme = useToggleScheme();
  const goPressedAt = useRef(-Infinity);
  useHotkeys([["mod+J", toggleScheme], ["mod+K", spotlight.open]], []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") return helpSheet.open();
      const paired = event.timeStamp - goPressedAt.current < PAIR_MS;
      goPressedAt.current = !paired && event.key === "g" ? event.timeStamp : -Infinity;
      const item = paired ? NAV.find((each) => each.letter === event.key.toLowerCase() && allowed(me, each.roles)) : undefined;
      const path = item === undefined ? null : pathOf(item, facility);
      if (path !== null) {
        event.preventDefault();
        void navigate({ to: path });
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [facility, me, navigate]);
  return <HelpSheet />;
}

const CALL_KEYS = [
  ["A", "keyAnswer"], ["Ctrl ⏎", "keyOpen"], ["P", "keyPay"], ["X", "keyGrace"], ["R", "keyReplace"], ["E", "keyEnd"], ["↑ ↓", "keyNext"],
] as const satisfies readonly (readonly [string, keyof ShellKeys])[];

function HelpSheet() {
  const t = useWords(shellWords);
  const me = useMe().data;
  const opened = useHelpShown();
  const row = (keys: ReactNode, text: string) => <Table.Tr key={text}><Table.Td w={110}>{keys}</Table.Td><Table.Td>{text}</Table.Td></Table.Tr>;
  return (
    <Modal opened={opened} onClose={helpSheet.close} title={t("keysTitle")} closeButtonProps={{ "aria-label": "×" }}>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {row(<Kbd>Ctrl K</Kbd>, t("keyPalette"))}
          {row(<Kbd>Ctrl J</Kbd>, t("keyScheme"))}
          {row(<Kbd>?</Kbd>, t("keyHelp"))}
        </Table.Tbody>
      </Table>
      <Text fw={600} size="sm" mt="sm">{t("keyGoNote")}</Text>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {NAV.filter((item) => allowed(me, item.roles)).map((item) => row(<><Kbd>G</Kbd> <Kbd>{item.letter.toUpperCase()}</Kbd></>, t(item.key)))}
        </Table.Tbody>
      </Table>
      <Text fw={600} size="sm" mt="sm">{t("keyCalls")}</Text>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>{CALL_KEYS.map(([keys, key]) => row(<Kbd>{keys}</Kbd>, t(key)))}</Table.Tbody>
      </Table>
    </Modal>
  );
}
