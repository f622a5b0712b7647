/** Language, colours and sound of this console; kept in the browser. */
import { Button, Group, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from "@mantine/core";
import { LOCALES, LOCALE_NAME, isLocale } from "../../../messages/locale.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { playOnce, useSound } from "../../shell/ring.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { settingsWords } from "./words.ts";

const SCHEMES = ["light", "dark", "auto"] as const;

export function SettingsPage() {
  const t = useWords(settingsWords);
  const { locale, choose } = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [sound, setSound] = useSound();
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <section className="panel">
        <Stack gap="lg" maw={520}>
          <div>
            <Text size="sm" fw={600} id="language">{t("language")}</Text>
            <SegmentedControl aria-labelledby="language" value={locale} onChange={(next) => isLocale(next) && choose(next)} data={LOCALES.map((each) => ({ value: each, label: LOCALE_NAME[each] }))} />
          </div>
          <div>
            <Text size="sm" fw={600} id="scheme">{t("scheme")}</Text>
            <SegmentedControl aria-labelledby="scheme" value={colorScheme} onChange={(next) => setColorScheme(SCHEMES.find((scheme) => scheme === next) ?? "auto")} data={SCHEMES.map((scheme) => ({ value: scheme, label: t(scheme) }))} />
          </div>
          <Group gap="md"><Switch label={t("sound")} checked={sound} onChange={(event) => setSound(event.currentTarget.checked)} /><Button size="xs" variant="default" onClick={playOnce}>{t("test")}</Button></Group>
        </Stack>
      </section>
    </>
  );
}
