/** In the demo no letter leaves: here is what would have been sent. */
import { Alert, Badge, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DemoMails } from "../../../api/contract/demo.ts";
import { read } from "../../http/client.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { POLL_MS } from "../../shell/live.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { systemWords } from "./words.ts";

export function SimulatedMail() {
  const t = useWords(systemWords);
  const format = useFormat();
  const zone = useCityZone();
  const query = useQuery({ queryKey: ["demoMails"], queryFn: () => read<DemoMails>("/demo/mails"), refetchInterval: POLL_MS });
  return (
    <Panel title={t("mail")} tools={<Badge color="orange" variant="light">{t("simulated")}</Badge>}>
      <Alert color="orange" variant="light" mb="sm">{t("mailText")}</Alert>
      <Loaded query={query}>{({ rows }) => (
        <Stack gap="xs">
          {rows.length === 0 && <Text size="sm" c="dimmed">{t("noMail")}</Text>}
          {rows.map((letter) => (
            <details key={letter.id}>
              <summary>
                <Group component="span" gap={8} display="inline-flex">
                  <span className="number">{format.dateTime(letter.at, zone)}</span><b>{letter.subject}</b>{letter.urgent && <Badge color="red">{t("urgent")}</Badge>}
                </Group>
              </summary>
              <Text size="sm" c="dimmed">{t("mailTo", { to: letter.to })}</Text>
              <pre className="letter">{letter.text}</pre>
              {letter.attachments.length > 0 && <Text size="sm">{t("attached", { names: letter.attachments.join(", ") })}</Text>}
            </details>
          ))}
        </Stack>
      )}</Loaded>
    </Panel>
  );
}
