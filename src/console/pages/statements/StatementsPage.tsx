/** Monthly statements: run for a month, listed, as files. */
import { Alert, Button, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { MANAGERS } from "../../../api/contract/access.ts";
import type { RunStatementsAnswer } from "../../../api/contract/statements.ts";
import { useActs } from "../../act/acts.tsx";
import { FacilityFilter, useCarParkChoices } from "../../parts/FacilityFilter.tsx";
import { useCityNow } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { isoDay } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { StatementList } from "./StatementList.tsx";
import { statementWords } from "./words.ts";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export function StatementsPage() {
  const t = useWords(statementWords);
  const acts = useActs();
  const carParks = useCarParkChoices();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/statements" });
  const { now, zone } = useCityNow();
  const [answer, setAnswer] = useState<RunStatementsAnswer | null>(null);
  const months = lastMonths(isoDay(now, zone).slice(0, 7));
  const run = () => acts.ask({
    title: t("runTitle"), explain: t("runExplain"), confirm: t("run"),
    fields: [
      { kind: "choice", name: "facility", label: t("carPark"), choices: carParks, initial: search.facility ?? carParks[0]?.value ?? "" },
      { kind: "choice", name: "month", label: t("month"), choices: months.map((value) => ({ value, label: value })), initial: months[0] ?? "" },
    ],
    path: ({ facility }) => `/facilities/${facility}/statements/run`, body: ({ month }) => ({ month }), done: t("runDone"), then: (given) => setAnswer(given as RunStatementsAnswer),
  });
  return (
    <>
      <PageHead title={t("title")}>{allowed(useMe().data, MANAGERS) && <Button onClick={run}>{t("run")} …</Button>}</PageHead>
      <section className="panel filters">
        <FacilityFilter value={search.facility} onChange={(facility) => void navigate({ to: "/statements", search: { ...search, facility: facility ?? "" } })} />
        <TextInput type="month" label={t("month")} value={search.month ?? ""} onChange={(event) => void navigate({ to: "/statements", search: { ...search, month: event.currentTarget.value } })} />
      </section>
      {answer && (
        <Alert color="blue" mb="sm" withCloseButton closeButtonLabel="×" onClose={() => setAnswer(null)} role="status" title={answer.month}>
          <div>{t("issuedN", { count: answer.issued.length })}. {t("alreadyN", { count: answer.already.length })}.</div>
          {answer.without.map(({ account, because }) => <div key={account}>{t("without", { account, because })}</div>)}
        </Alert>
      )}
      <StatementList
        named asked={{ ...(search.facility === undefined ? {} : { facility: search.facility }), ...(search.month !== undefined && MONTH.test(search.month) ? { month: search.month } : {}) }}
      />
    </>
  );
}

/** A month is stated when it is over; corrections come with later ones, so a year back is enough to choose from. */
const MONTHS_OFFERED = 12;

function lastMonths(current: string): readonly string[] {
  const [year, month] = current.split("-").map(Number);
  return Array.from({ length: MONTHS_OFFERED }, (_, i) => {
    const index = (year ?? 0) * 12 + (month ?? 1) - 2 - i;
    return `${Math.floor(index / 12)}-${String(index % 12 + 1).padStart(2, "0")}`;
  });
}
