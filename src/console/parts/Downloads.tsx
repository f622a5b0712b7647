/** The same report as a file, in the language of the screen. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { urlOf } from "../http/client.ts";
import { useLocale, useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

type DownloadsProps = { readonly path: string; readonly query: Readonly<Record<string, string | undefined>> };

export function Downloads({ path, query }: DownloadsProps) {
  const t = useWords(partWords);
  const { locale } = useLocale();
  return (["csv", "pdf"] as const).map((format) => (
    <Button
      key={format} component="a" href={urlOf(path, { ...query, format, locale })} download variant="default" size="xs"
      leftSection={<IconDownload size={14} aria-hidden />} aria-label={t("downloadAs", { format: t(format) })}
    >
      {t(format)}
    </Button>
  ));
}
