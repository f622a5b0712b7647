/** The intercom of all car parks: who waits, in order, and the one being spoken to. */
import { Badge, SimpleGrid, Text, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { useCarParkNow } from "../../shell/live.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { CallDetails } from "./CallDetails.tsx";
import { type Calling, useCalls } from "./calling.ts";
import { callWords } from "./words.ts";

export function CallsPage() {
  const t = useWords(callWords);
  const { overview, calls } = useCalls();
  const navigate = useNavigate();
  const { call: wanted } = useSearch({ from: "/shell/calls" });
  const chosen = calls.find((calling) => calling.id === wanted) ?? calls[0];
  const choose = (calling: Calling | undefined) => {
    if (calling !== undefined) void navigate({ to: "/calls", search: { call: calling.id }, replace: true });
  };
  const step = (by: number) => choose(calls[calls.findIndex((calling) => calling.id === chosen?.id) + by]);
  useHotkeys([["ArrowDown", () => step(1)], ["ArrowUp", () => step(-1)]]);
  return (
    <>
      <PageHead title={t("title")} />
      <Loaded query={overview}>
        {() => chosen === undefined
          ? <section className="panel"><Text fw={650}>{t("none")}</Text><Text c="dimmed" size="sm">{t("noneText")}</Text></section>
          : (
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm" className="calls">
              <Panel title={t("queue")}>
                <ul className="plain calls-list" aria-live="polite">
                  {calls.map((calling) => <li key={calling.id}><Row calling={calling} chosen={calling.id === chosen.id} onChoose={() => choose(calling)} /></li>)}
                </ul>
              </Panel>
              <CallDetails key={chosen.id} calling={chosen} />
            </SimpleGrid>
          )}
      </Loaded>
    </>
  );
}

type RowProps = { readonly calling: Calling; readonly chosen: boolean; readonly onChoose: () => void };

function Row({ calling: { call, view, receivedAt }, chosen, onChoose }: RowProps) {
  const t = useWords(callWords);
  const format = useFormat();
  const now = useCarParkNow(view.at, receivedAt);
  return (
    <UnstyledButton className={`call-row${chosen ? " call-chosen" : ""}`} onClick={onChoose} aria-current={chosen}>
      <Text size="sm" fw={650} component="span" display="block">{view.name}: {call.origin.name}</Text>
      <Text size="sm" component="span" display="block">{wordOf(format.locale, "reason", call.reason)}</Text>
      <Badge mt={4} color={call.answeredBy === null ? "red" : "green"}>{call.answeredBy === null ? t("ringing", { duration: format.duration(now - call.ringingSince) }) : t("answeredBy", { name: call.answeredBy })}</Badge>
    </UnstyledButton>
  );
}
