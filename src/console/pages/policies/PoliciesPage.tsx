/** Policies of one car park, each beside the question it answers. */
import { Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { MANAGERS } from "../../../api/contract/access.ts";
import type { Policies, PolicyKeyView } from "../../../api/contract/policies.ts";
import { HOUR, MINUTE } from "../../../kernel/instant.ts";
import { useActs } from "../../act/acts.tsx";
import { read } from "../../http/client.ts";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { useSites } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { policyWords } from "./words.ts";
import "./policies.css";

type Value = PolicyKeyView["value"];
/** The server's limits, of a tolerance and of a number of cars. */
const MINUTES_MAX = 31 * 24 * 60;
const LIMIT_MAX = 100_000;

export function PoliciesPage() {
  const t = useWords(policyWords);
  const { facility } = useParams({ from: "/shell/f/$facility/policies" });
  const name = useCarParkName();
  const query = useQuery({ queryKey: ["policies", facility], queryFn: () => read<Policies>(`/facilities/${facility}/policies`) });
  return (
    <>
      <PageHead title={t("title")} note={`${name(facility)}. ${t("note")}`} />
      <Loaded query={query}>{({ keys }) => (
        <ul className="policies">{keys.map((policy) => <Policy key={policy.key} facility={facility} policy={policy} />)}</ul>
      )}</Loaded>
    </>
  );
}

function Policy({ facility, policy }: { readonly facility: string; readonly policy: PolicyKeyView }) {
  const t = useWords(policyWords);
  const format = useFormat();
  const { zone } = useSites()(facility);
  const manages = allowed(useMe().data, MANAGERS);
  const said = useValueText();
  const change = usePolicyChange(facility);
  const { question, value, since, history, perAccount } = policy;
  return (
    <li className="panel">
      <Text component="h2" fz="md" fw={650} m={0}>{question[format.locale]}</Text>
      {format.locale === "en" && question.de !== "" && <Text size="sm" lang="de" fs="italic">{question.de}</Text>}
      <Text size="xs" c="dimmed" lang="de">{t("heading", { heading: question.heading })}</Text>
      <Group gap={8} mt={8} justify="space-between" align="flex-end">
        <div>
          <b>{said(policy, value)}</b>{" "}
          <Text component="span" size="sm" c="dimmed">{since === null ? t("fromStart") : t("since", { at: format.dateTime(since, zone) })}</Text>
          {saidWhy(history.at(-1)) !== "" && <Text size="xs" c="dimmed">{saidWhy(history.at(-1))}</Text>}
          {perAccount && <Text size="xs" c="dimmed">{t("perAccount")}</Text>}
        </div>
        {manages && <Button size="xs" variant="default" aria-label={`${t("change")}: ${question[format.locale]}`} onClick={() => change(policy)}>{t("change")} …</Button>}
      </Group>
      {history.length > 1 && (
        <details><summary><Badge color="gray">{t("history")}: {history.length - 1}</Badge></summary>
          <ul className="history">{history.toReversed().slice(1).map((each) => (
            <li key={each.from}>{t("from", { at: format.dateTime(each.from, zone), value: said(policy, each.value) })} <Text component="span" size="xs" c="dimmed">{saidWhy(each)}</Text></li>
          ))}</ul>
        </details>
      )}
    </li>
  );
}

/** The reason and who gave it; empty where the file says so. */
function saidWhy(one: PolicyKeyView["history"][number] | undefined): string {
  return [one?.reason ?? "", one?.by ? `(${one.by})` : ""].filter((part) => part !== "").join(" ");
}

function useValueText(): (policy: PolicyKeyView, value: Value) => string {
  const t = useWords(policyWords);
  const format = useFormat();
  return (policy, value) => {
    switch (policy.kind) {
      case "choice": return policy.values.find((each) => each.value === value)?.text[format.locale] ?? String(value);
      case "flag": return value === true ? t("yes") : t("no");
      case "limit": return typeof value === "number" ? t("limitN", { count: value }) : t("noLimit");
      case "duration": return typeof value !== "number" ? String(value) : value > 0 && value % HOUR === 0 ? `${value / HOUR} h` : `${Math.round(value / MINUTE)} min`;
    }
  };
}

function usePolicyChange(facility: string): (policy: PolicyKeyView) => void {
  const t = useWords(policyWords);
  const { locale } = useFormat();
  const acts = useActs();
  const reason = { kind: "text", name: "reason", label: t("reason") } as const;
  return (policy) => {
    const common = { title: t("changeTitle"), explain: t("explain"), confirm: t("change"), path: `/facilities/${facility}/policies`, done: t("changed") } as const;
    const label = policy.question[locale];
    const set = (value: Value, why: string) => ({ policy: { [policy.key]: value }, reason: why });
    switch (policy.kind) {
      case "choice": return acts.ask({
        ...common, fields: [{ kind: "choice", name: "value", label, initial: String(policy.value), choices: policy.values.map(({ value, text }) => ({ value, label: text[locale] })) }, reason],
        body: (values) => set(values.value, values.reason),
      });
      case "flag": return acts.ask({
        ...common, fields: [{ kind: "choice", name: "value", label, initial: String(policy.value), choices: [{ value: "true", label: t("yes") }, { value: "false", label: t("no") }] }, reason],
        body: (values) => set(values.value === "true", values.reason),
      });
      case "limit": return acts.ask({
        ...common, fields: [{ kind: "integer", name: "value", label, hint: t("limitHint"), min: 0, max: LIMIT_MAX, optional: true, ...(typeof policy.value === "number" ? { initial: policy.value } : {}) }, reason],
        body: (values) => set(values.value ?? null, values.reason),
      });
      case "duration": return acts.ask({
        ...common, fields: [{ kind: "integer", name: "value", label, hint: t("minutes"), min: 0, max: policy.maxMs === null ? MINUTES_MAX : Math.floor(policy.maxMs / MINUTE), initial: Math.round(Number(policy.value) / MINUTE) }, reason],
        body: (values) => set(values.value * MINUTE, values.reason),
      });
    }
  };
}
