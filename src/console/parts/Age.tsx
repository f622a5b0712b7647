/** How old a status is; a badge from 10 s on, so nobody acts on a picture of the past. */
import { Badge, Text } from "@mantine/core";
import { IconClockExclamation } from "@tabler/icons-react";
import { STALE_MS } from "../shell/live.tsx";
import { useFormat } from "../words/format.ts";
import { useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

export function Age({ ms }: { readonly ms: number | null }) {
  const t = useWords(partWords);
  const format = useFormat();
  if (ms === null) return <Badge color="red">{t("ageUnknown")}</Badge>;
  if (ms <= STALE_MS) return <Text component="span" size="xs" c="dimmed" className="number">{t("ageNow", { age: format.duration(ms) })}</Text>;
  return <Badge color="orange" variant="light" leftSection={<IconClockExclamation size={12} aria-hidden />}>{t("ageOld", { age: format.duration(ms) })}</Badge>;
}
