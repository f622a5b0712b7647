/** What managers settle with security companies. A contract is sent whole; changing one car park keeps the others. */
import type { CompanyBody, ContractBody, GuardCompanyView, VisitDutyView } from "../../../api/contract/guards.ts";
import { useActs } from "../../act/acts.tsx";
import { useCarParkChoices, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { useWords } from "../../words/locale.tsx";
import { guardWords } from "./words.ts";

const VISITS_MAX = 48;
const MINUTES_MAX = 1_440;
const SHORTEST_MINUTES_MAX = 720;
const CARDS_MAX = 1_000;

/** The contract with this car park's duty put in or replaced. */
export function withDuty(company: GuardCompanyView, duty: VisitDutyView, cards: number): ContractBody {
  const others = (company.contract?.duties ?? []).filter((each) => each.facility !== duty.facility);
  return { duties: [...others, duty], cards };
}

export function useCompanyActs() {
  const t = useWords(guardWords);
  const acts = useActs();
  const choices = useCarParkChoices();
  const carPark = useCarParkName();
  const at = (company: GuardCompanyView) => `/guards/companies/${company.company}`;
  return {
    create: () => acts.ask({
      title: t("newCompany"), confirm: t("newCompany"),
      fields: [{ kind: "text", name: "name", label: t("name"), lengthMax: 80 }, { kind: "text", name: "company", label: t("id"), hint: t("idHint"), lengthMax: 60 }],
      path: "/guards/companies", body: (values): CompanyBody => values, done: t("companyDone"),
    }),
    rename: (company: GuardCompanyView) => acts.ask({
      title: company.name, confirm: t("rename"), fields: [{ kind: "text", name: "name", label: t("name"), initial: company.name, lengthMax: 80 }],
      path: "/guards/companies", body: (values): CompanyBody => ({ company: company.company, ...values }), done: t("companyDone"),
    }),
    setDuty: (company: GuardCompanyView, duty: VisitDutyView | null) => acts.ask({
      title: t("dutyTitle", { company: company.name }), confirm: t("change"),
      fields: [
        { kind: "choice", name: "facility", label: t("carPark"), choices: duty === null ? choices : choices.filter((each) => each.value === duty.facility), initial: duty?.facility ?? "" },
        { kind: "integer", name: "visitsPerDay", label: t("visitsPerDay"), min: 1, max: VISITS_MAX, initial: duty?.visitsPerDay ?? 3 },
        { kind: "integer", name: "minMinutes", label: t("minMinutes"), min: 1, max: SHORTEST_MINUTES_MAX, initial: duty?.minMinutes ?? 15 },
        { kind: "integer", name: "maxMinutes", label: t("maxMinutes"), hint: t("maxHint"), min: 1, max: MINUTES_MAX, initial: duty?.maxMinutes ?? 120 },
        { kind: "integer", name: "cards", label: t("cardsAllowed"), min: 1, max: CARDS_MAX, initial: company.contract?.cards ?? 4 },
      ],
      path: `${at(company)}/contract`, body: ({ cards, ...values }): ContractBody => withDuty(company, values, cards), done: t("contractDone"),
    }),
    removeDuty: (company: GuardCompanyView, duty: VisitDutyView) => acts.ask({
      title: t("removeDuty", { carPark: carPark(duty.facility) }), confirm: t("remove"), tone: "danger", fields: [], path: `${at(company)}/contract`,
      body: (): ContractBody => ({ duties: (company.contract?.duties ?? []).filter((each) => each.facility !== duty.facility), cards: company.contract?.cards ?? 1 }), done: t("contractDone"),
    }),
    issue: (company: GuardCompanyView) => acts.ask({
      title: t("issueTitle", { company: company.name }), explain: t("issueExplain"), confirm: t("issue"), fields: [], path: `${at(company)}/cards`, body: () => undefined, done: t("issued"),
    }),
    block: (company: GuardCompanyView, card: GuardCompanyView["cards"][number]) => acts.ask({
      title: t("blockCard", { number: card.number, company: company.name }), confirm: t("block"), tone: "danger",
      fields: [{ kind: "text", name: "reason", label: t("reason"), suggestions: [t("reason.lost"), t("reason.left")] }],
      path: `${at(company)}/cards/${card.card}/block`, body: (values) => values, done: t("blockDone"),
    }),
  };
}
