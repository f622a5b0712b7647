/** Visits as the card readers recorded them, and the reader itself where it is simulated. */
import { Badge, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { notifications } from "@mantine/notifications";
import { OPERATORS } from "../../../api/contract/access.ts";
import type { GuardVisitView } from "../../../api/contract/guards.ts";
import { MINUTE } from "../../../kernel/instant.ts";
import { useActs } from "../../act/acts.tsx";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FacilityFilter, useCarParkChoices, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { useChosenFacility } from "../../shell/facility.ts";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { useCompanies, useCompanyName } from "./companies.ts";
import { guardWords } from "./words.ts";

const COLOUR = { inside: "blue", complete: "green", short: "orange", departureMissing: "red" } as const;
const ROWS = 100;

export function Visits() {
  const t = useWords(guardWords);
  const me = useMe().data;
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/guards" });
  const zone = useCityZone();
  const carPark = useCarParkName();
  const company = useCompanyName();
  const companies = useCompanies();
  const asked = { facility: search.facility, company: search.company };
  const query = useInfiniteQuery({
    queryKey: ["guardVisits", asked], queryFn: ({ pageParam }) => read<Page<GuardVisitView>>("/guards/visits", { ...asked, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
  const filter = (name: "facility" | "company", value: string | undefined) => void navigate({ to: "/guards", search: { ...search, [name]: value ?? "" } });
  return (
    <Stack gap="sm">
      {me?.demo === true && allowed(me, OPERATORS) && <Reader />}
      <section className="panel filters" role="search">
        <FacilityFilter value={search.facility} onChange={(facility) => filter("facility", facility)} />
        <NativeSelect label={t("company")} value={search.company ?? ""} onChange={(event) => filter("company", event.currentTarget.value)} data={[{ value: "", label: t("all") }, ...(companies.data?.rows ?? []).map((each) => ({ value: each.company, label: each.name }))]} />
      </section>
      <Panel title={t("visits")}>
        <Loaded query={query}>{(data) => (
          <DataTable<GuardVisitView>
            label={t("visits")} rows={data.pages.flatMap((page) => page.rows)} rowKey={(row) => `${row.facility} ${row.visit}`} empty={t("none")} minWidth={680}
            columns={[
              { key: "arrived", head: t("arrived"), sort: (row) => row.arrivedAt, cell: (row) => <span className="number nowrap">{format.dateTime(row.arrivedAt, zone)}</span> },
              { key: "left", head: t("left"), sort: (row) => row.leftAt ?? Infinity, cell: (row) => (row.leftAt === null ? "–" : <span className="number nowrap">{format.dateTime(row.leftAt, zone)}</span>) },
              { key: "minutes", head: t("minutes"), number: true, sort: (row) => row.minutes ?? 0, cell: (row) => (row.minutes === null ? "–" : format.duration(row.minutes * MINUTE)) },
              { key: "facility", head: t("carPark"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
              { key: "company", head: t("company"), sort: (row) => company(row.company), cell: (row) => company(row.company) },
              { key: "state", head: t("state"), sort: (row) => row.state, cell: (row) => <Badge color={COLOUR[row.state]}>{t(`state.${row.state}`)}</Badge> },
            ]}
          />
        )}</Loaded>
        <MoreButton query={query} />
      </Panel>
    </Stack>
  );
}

type Answer = { readonly outcome: "arrived" | "left" | "refused"; readonly reason: string | null };

function Reader() {
  const t = useWords(guardWords);
  const { locale } = useFormat();
  const acts = useActs();
  const companies = useCompanies();
  const choices = useCarParkChoices();
  const chosen = useChosenFacility();
  const [facility, setFacility] = useState(chosen ?? "");
  const [card, setCard] = useState("");
  const cards = (companies.data?.rows ?? []).flatMap((company) => company.cards.map((each) => ({ value: each.card, label: `${company.name}: ${t("cardN", { number: each.number })}${each.blocked ? ` (${t("blocked")})` : ""}` })));
  const said = (answer: Answer) => notifications.show({
    color: answer.outcome === "refused" ? "red" : "blue",
    message: answer.outcome === "refused" ? t("outcome.refused", { reason: wordOf(locale, "guardRefusal", answer.reason ?? "") }) : t(`outcome.${answer.outcome}`),
  });
  return (
    <Panel title={t("reader")}>
      <Text size="sm" c="dimmed" mb="xs">{t("readerText")}</Text>
      <Group align="flex-end" gap="xs">
        <NativeSelect label={t("carPark")} value={facility} onChange={(event) => setFacility(event.currentTarget.value)} data={[...choices]} />
        <NativeSelect label={t("card")} value={card} onChange={(event) => setCard(event.currentTarget.value)} data={[{ value: "", label: t("unknownCard") }, ...cards]} />
        <Button onClick={() => acts.now({
          path: `/facilities/${facility === "" ? choices[0]?.value ?? "" : facility}/office/card-reader`, body: () => ({ card: card === "" ? null : card }), done: t("presented"), then: (answer) => said(answer as Answer),
        })}>{t("present")}</Button>
      </Group>
    </Panel>
  );
}
