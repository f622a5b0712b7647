/** Companies, what their contracts demand, and the cards they hold. */
import { Badge, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { CompanyBody, ContractBody, GuardCompanyView } from "../../../api/contract/guards.ts";
import { useActs } from "../../act/acts.tsx";
import { useCarParkChoices, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useWords } from "../../words/locale.tsx";
import { useCompanies } from "./companies.ts";
import { guardWords } from "./words.ts";

const VISITS_MAX = 48;
const MINUTES_MAX = 1_440;
const SHORTEST_MINUTES_MAX = 720;
const CARDS_MAX = 1_000;

export function Companies({ mayAct }: { readonly mayAct: boolean }) {
  const t = useWords(guardWords);
  const companies = useCompanies();
  const acts = useCompanyActs();
  return (
    <Stack gap="sm">
      {mayAct && <Group><Button onClick={acts.create}>{t("newCompany")} …</Button></Group>}
      <Loaded query={companies}>{({ rows }) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">{rows.map((company) => <Company key={company.company} company={company} mayAct={mayAct} />)}</SimpleGrid>
      )}</Loaded>
    </Stack>
  );
}

function Company({ company, mayAct }: { readonly company: GuardCompanyView; readonly mayAct: boolean }) {
  const t = useWords(guardWords);
  const acts = useCompanyActs();
  const carPark = useCarParkName();
  const contract = company.contract;
  return (
    <Panel title={company.name} tools={<>{!company.active && <Badge color="gray">{t("inactive")}</Badge>}{mayAct && <Button size="compact-xs" variant="default" onClick={() => acts.change(company)}>{t("rename")} …</Button>}</>}>
      <Text component="h3" size="sm" fw={650} m={0}>{t("contract")}</Text>
      {contract === null ? <Text size="sm" c="dimmed">{t("noContract")}</Text> : (
        <><Text size="sm">{t("terms", { visits: contract.visitsPerDay, min: contract.minMinutes, max: contract.maxMinutes })}</Text><Text size="sm" c="dimmed">{contract.facilities.map(carPark).join(", ")}</Text></>
      )}
      {mayAct && <Button mt={6} size="compact-sm" variant="default" onClick={() => acts.setContract(company)}>{t("setContract")} …</Button>}
      <Text component="h3" size="sm" fw={650} m={0} mt="sm">{t("cards")}</Text>
      {contract !== null && <Text size="sm" c="dimmed">{t("ofCards", { issued: company.cards.filter((card) => !card.blocked).length, allowed: contract.cards })}</Text>}
      <ul className="order plain-list">
        {company.cards.map((card) => (
          <li key={card.card}>
            <Group gap={6}>{card.label}{card.blocked ? <Badge color="red">{t("blocked")}</Badge> : mayAct && <Button size="compact-xs" variant="subtle" color="red" onClick={() => acts.block(company, card)} aria-label={t("blockCard", { label: card.label })}>{t("block")} …</Button>}</Group>
          </li>
        ))}
      </ul>
      {mayAct && <Button size="compact-sm" variant="default" onClick={() => acts.issue(company)}>{t("issue")} …</Button>}
    </Panel>
  );
}

function useCompanyActs() {
  const t = useWords(guardWords);
  const acts = useActs();
  const choices = useCarParkChoices();
  const at = (company: GuardCompanyView) => `/guards/companies/${company.company}`;
  return {
    create: () => acts.ask({
      title: t("newCompany"), confirm: t("newCompany"),
      fields: [{ kind: "text", name: "name", label: t("name"), lengthMax: 80 }, { kind: "text", name: "company", label: t("id"), hint: t("idHint"), lengthMax: 60 }],
      path: "/guards/companies", body: ({ name, company }): CompanyBody => ({ company, name, active: true }), done: t("companyDone"),
    }),
    change: (company: GuardCompanyView) => acts.ask({
      title: company.name, confirm: t("rename"), fields: [{ kind: "text", name: "name", label: t("name"), initial: company.name, lengthMax: 80 }, { kind: "yes", name: "active", label: t("active"), initial: company.active }],
      path: "/guards/companies", body: (values): CompanyBody => ({ company: company.company, ...values }), done: t("companyDone"),
    }),
    setContract: (company: GuardCompanyView) => acts.ask({
      title: t("contractTitle", { company: company.name }), confirm: t("setContract"),
      fields: [
        { kind: "many", name: "facilities", label: t("facilities"), choices, initial: company.contract?.facilities ?? [] },
        { kind: "integer", name: "visitsPerDay", label: t("visitsPerDay"), min: 1, max: VISITS_MAX, initial: company.contract?.visitsPerDay ?? 3 },
        { kind: "integer", name: "minMinutes", label: t("minMinutes"), min: 1, max: SHORTEST_MINUTES_MAX, initial: company.contract?.minMinutes ?? 15 },
        { kind: "integer", name: "maxMinutes", label: t("maxMinutes"), hint: t("maxHint"), min: 1, max: MINUTES_MAX, initial: company.contract?.maxMinutes ?? 120 },
        { kind: "integer", name: "cards", label: t("cards"), min: 1, max: CARDS_MAX, initial: company.contract?.cards ?? 4 },
      ],
      path: `${at(company)}/contract`, body: (values): ContractBody => ({ ...values, facilities: [...values.facilities] }), done: t("contractDone"),
    }),
    issue: (company: GuardCompanyView) => acts.ask({
      title: t("issueTitle", { company: company.name }), confirm: t("issue"), fields: [{ kind: "text", name: "label", label: t("label"), hint: t("labelHint"), lengthMax: 40 }],
      path: `${at(company)}/cards`, body: (values) => values, done: t("issued"),
    }),
    block: (company: GuardCompanyView, card: GuardCompanyView["cards"][number]) => acts.ask({
      title: t("blockCard", { label: card.label }), confirm: t("block"), tone: "danger", fields: [], path: `${at(company)}/cards/${card.card}/block`, body: () => undefined, done: t("blockDone"),
    }),
  };
}
