/** What a printer printed (ticket, receipt, totals) as the server draws it; fetched when asked for. */
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPrinter, IconReceipt } from "@tabler/icons-react";
import { urlOf } from "../http/client.ts";
import { useLocale, useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

export function PrintedDocument({ path, title, compact = false }: { readonly path: string; readonly title: string; readonly compact?: boolean }) {
  const [opened, { open, close }] = useDisclosure(false);
  const { locale } = useLocale();
  const t = useWords(partWords);
  const url = urlOf(path, { locale });
  return (
    <>
      <Button variant="default" size={compact ? "compact-xs" : "xs"} onClick={open} leftSection={<IconReceipt size={14} aria-hidden />}>{title}</Button>
      <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": t("close") }}>
        <div className="paper"><img src={url} alt={title} /></div>
        <Button mt="sm" variant="default" component="a" href={url} target="_blank" rel="noreferrer" leftSection={<IconPrinter size={14} aria-hidden />}>{t("print")}</Button>
      </Modal>
    </>
  );
}
