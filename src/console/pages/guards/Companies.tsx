/** Companies, what their contracts demand of each car park, and the cards they hold. */
import { Badge, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { GuardCompanyView, VisitDutyView } from "../../../api/contract/guards.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useWords } from "../../words/locale.tsx";
import { useCompanyActs } from "./acts.ts";
import { useCompanies } from "./companies.ts";
import { guardWords } from "./words.ts";

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

type CompanyProps = { readonly company: GuardCompanyView; readonly mayAct: boolean };

function Company({ company, mayAct }: CompanyProps) {
  const t = useWords(guardWords);
  const acts = useCompanyActs();
  return (
    <Panel title={company.name} tools={mayAct && <Button size="compact-xs" variant="default" onClick={() => acts.rename(company)}>{t("rename")} …</Button>}>
      <Text component="h3" size="sm" fw={650} m={0}>{t("contract")}</Text>
      <Duties company={company} mayAct={mayAct} />
      <Text component="h3" size="sm" fw={650} m={0} mt="sm">{t("cards")}</Text>
      <Cards company={company} mayAct={mayAct} />
    </Panel>
  );
}

function Duties({ company, mayAct }: CompanyProps) {
  const t = useWords(guardWords);
  const acts = useCompanyActs();
  const carPark = useCarParkName();
  const duties = company.contract?.duties ?? [];
  return (
    <>
      <DataTable<VisitDutyView>
        label={`${company.name}: ${t("contract")}`} rows={duties} rowKey={(duty) => duty.facility} empty={t("noContract")}
        columns={[
          { key: "facility", head: t("carPark"), sort: (duty) => carPark(duty.facility), cell: (duty) => carPark(duty.facility) },
          { key: "terms", head: t("visits"), cell: (duty) => t("terms", { visits: duty.visitsPerDay, min: duty.minMinutes, max: duty.maxMinutes }) },
          ...(mayAct ? [{ key: "acts", head: t("change"), headHidden: true, cell: (duty: VisitDutyView) => (
            <Group gap={4} wrap="nowrap">
              <Button size="compact-xs" variant="default" onClick={() => acts.setDuty(company, duty)} aria-label={`${t("change")}: ${carPark(duty.facility)}`}>{t("change")} …</Button>
              {duties.length > 1 && <Button size="compact-xs" variant="subtle" color="red" onClick={() => acts.removeDuty(company, duty)} aria-label={t("removeDuty", { carPark: carPark(duty.facility) })}>{t("remove")} …</Button>}
            </Group>
          ) }] : []),
        ]}
      />
      {mayAct && <Button mt={6} size="compact-sm" variant="default" onClick={() => acts.setDuty(company, null)}>{t("addDuty")} …</Button>}
    </>
  );
}

function Cards({ company, mayAct }: CompanyProps) {
  const t = useWords(guardWords);
  const acts = useCompanyActs();
  return (
    <>
      {company.contract !== null && <Text size="sm" c="dimmed">{t("ofCards", { issued: company.cards.filter((card) => !card.blocked).length, allowed: company.contract.cards })}</Text>}
      <ul className="order plain-list">
        {company.cards.map((card) => (
          <li key={card.card}>
            <Group gap={6}>
              {t("cardN", { number: card.number })}
              {card.blocked ? <Badge color="red">{t("blocked")}</Badge> : mayAct && (
                <Button size="compact-xs" variant="subtle" color="red" onClick={() => acts.block(company, card)} aria-label={t("blockCard", { number: card.number, company: company.name })}>{t("block")} …</Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {mayAct && <Button size="compact-sm" variant="default" onClick={() => acts.issue(company)}>{t("issue")} …</Button>}
    </>
  );
}
