/** Publishes the draft at one or more car parks, each with its own next version; every outcome is said. */
import { Button, Checkbox, Group, Radio, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { PublishTariffAnswer, TariffVersions } from "../../../api/contract/tariffs.ts";
import type { Zone } from "../../../kernel/zone.ts";
import { isDraft, isRefused } from "../../../tariff/finding.ts";
import { useProblemText } from "../../act/ProblemAlert.tsx";
import { Failure, act, newKey, read } from "../../http/client.ts";
import { useCarParkChoices, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import type { Reading } from "./draft.ts";
import { tariffWords } from "./words.ts";

type PublishProps = {
  readonly versions: TariffVersions; readonly zone: Zone; readonly reading: Reading;
  readonly pending: boolean;
};
type Outcome = {
  readonly facility: string; readonly done: PublishTariffAnswer | null; readonly failure: unknown;
};

export function Publish({ versions, zone, reading, pending }: PublishProps) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const name = useCarParkName();
  const choices = useCarParkChoices();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [when, setWhen] = useState<"atOnce" | "at">("atOnce");
  const [start, setStart] = useState("");
  const [reason, setReason] = useState("");
  const [facilities, setFacilities] = useState<readonly string[]>([versions.facility]);
  const [pressed, setPressed] = useState(false);
  // The same wish pressed again after a cut line is the same request, so it is one publication.
  const wishes = useRef(new Map<string, { readonly key: string; readonly version: number }>());
  const from = zone.parseLocal(start);
  const wrongTime = when === "at" && !(from.ok && from.value > versions.at);
  const ready = !pending && reading.tariff !== null && !isRefused(reading.findings) && !isDraft(reading.findings);
  const publishing = useMutation({
    mutationFn: async (): Promise<readonly Outcome[]> => {
      const outcomes: Outcome[] = [];
      for (const facility of facilities) outcomes.push(await publishAt(facility));
      return outcomes;
    },
    onSuccess: (outcomes) => {
      if (!outcomes.every(({ done }) => done !== null)) return;
      // A second press would be a second version: it asks for its reason again.
      setReason("");
      setPressed(false);
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ["tariffs"] }),
  });
  const publishAt = async (facility: string): Promise<Outcome> => {
    try {
      const wanted = { effectiveFrom: when === "at" && from.ok ? from.value : null, tariff: reading.tariff, reason: reason.trim() };
      const wish = `${facility} ${JSON.stringify(wanted)}`;
      const asked = wishes.current.get(wish) ?? { key: newKey(), version: await nextAt(facility, versions) };
      wishes.current.set(wish, asked);
      const done = await act<PublishTariffAnswer>(`/facilities/${facility}/tariffs`, { ...wanted, version: asked.version }, asked.key);
      wishes.current.delete(wish);
      return { facility, done, failure: null };
    } catch (failure) {
      // What was refused did not happen: the next press is a new request, with the versions as they are then.
      if (failure instanceof Failure && failure.problem.status > 0) wishes.current.clear();
      return { facility, done: null, failure };
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (ready && !wrongTime && reason.trim() !== "" && facilities.length > 0) publishing.mutate();
  };
  return (
    <Panel title={t("publishTitle")}>
      <form onSubmit={submit} noValidate>
        <div className="filters">
          <Radio.Group label={t("when")} value={when} onChange={(value) => setWhen(value === "at" ? "at" : "atOnce")}>
            <Group gap="sm" mt={6}><Radio value="atOnce" label={t("atOnce")} /><Radio value="at" label={t("atTimeChoice")} /></Group>
          </Radio.Group>
          {when === "at" && (
            <TextInput
              type="datetime-local" label={t("effective")} value={start}
              onChange={(event) => setStart(event.currentTarget.value)}
              error={pressed && wrongTime ? t("needTime") : null}
            />
          )}
          <TextInput
            label={t("reason")} maxLength={500} value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={pressed && reason.trim() === "" ? t("needReason") : null}
          />
        </div>
        <Checkbox.Group label={t("carParks")} description={t("carParksHint")} value={[...facilities]} onChange={setFacilities} error={pressed && facilities.length === 0 ? t("needCarPark") : null}>
          <Group gap="sm" mt={6} mb="sm">{choices.map(({ value, label }) => <Checkbox key={value} value={value} label={label} />)}</Group>
        </Checkbox.Group>
        {!ready && <Text size="sm" mb={8}>{t("fixFirst")}</Text>}
        <Button type="submit" loading={publishing.isPending} disabled={!ready}>{t("publishNow")}</Button>
      </form>
      <div aria-live="polite">
        {publishing.data?.map(({ facility, done, failure }) => (
          <Text key={facility} size="sm" mt={6}>
            <b>{name(facility)}:</b> {done
              ? t("published", { version: done.version, from: format.dateTime(done.effectiveFrom, versions.zone) })
              : `${t("notPublished")}: ${Object.values(problemText(failure)).filter((text) => text !== "").join(". ")}`}
          </Text>
        ))}
      </div>
    </Panel>
  );
}

/** Of this car park the version the publisher has seen on the page, so that somebody else's in between is noticed. */
const nextAt = async (facility: string, seen: TariffVersions): Promise<number> =>
  facility === seen.facility ? seen.next : (await read<TariffVersions>(`/facilities/${facility}/tariffs`)).next;
