/** The draft: form and JSON side by side, what to put right beside its place, curve and week as it is typed. */
import { Alert, Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import type { TariffVersions } from "../../../api/contract/tariffs.ts";
import type { Zone } from "../../../kernel/zone.ts";
import type { Finding } from "../../../tariff/finding.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useWords } from "../../words/locale.tsx";
import { FindingList } from "./FindingList.tsx";
import { FormEditor } from "./FormEditor.tsx";
import { Look } from "./Look.tsx";
import { Publish } from "./Publish.tsx";
import { confirmReading, type Draft, isPending, type Reading, typeForm, typeText } from "./draft.ts";
import { tariffOf } from "./form.ts";
import { placeOf } from "./json.ts";
import { tariffWords } from "./words.ts";

export type EditTabProps = {
  readonly versions: TariffVersions; readonly zone: Zone; readonly draft: Draft; readonly setDraft: (draft: Draft) => void;
  readonly kept: boolean; readonly reading: Reading; readonly mayPublish: boolean;
};

export function EditTab({ versions, zone, draft, setDraft, kept, reading, mayPublish }: EditTabProps) {
  const t = useWords(tariffWords);
  const json = useRef<HTMLTextAreaElement>(null);
  const pending = isPending(draft);
  const written = draft.form && tariffOf(draft.form);
  const showPlace = (finding: Finding) => {
    const place = placeOf(draft.text, finding.path);
    if (place === null || json.current === null) return;
    json.current.focus();
    json.current.setSelectionRange(place.start, place.end);
    json.current.scrollTop = json.current.scrollHeight * ((place.line - 3) / draft.text.split("\n").length);
  };
  const show = (findings: readonly Finding[]) => (
    <FindingList
      findings={findings} text={draft.text} onShow={showPlace}
      onConfirm={(finding) => setDraft(confirmReading(draft.text, finding) ?? draft)}
    />
  );
  return (
    <Stack gap="sm">
      {!kept && <Alert color="orange">{t("notKept")}</Alert>}
      <div className="editor">
        <Stack gap="sm">
          <Panel title={t("form")}>
            {draft.form === null ? <Text size="sm">{t("formNone")}</Text> : (
              <FormEditor
                form={draft.form} problems={written && !written.ok ? written.error : {}} findings={pending ? [] : reading.findings} show={show}
                onChange={(form) => setDraft(typeForm(draft, form))}
              />
            )}
          </Panel>
        </Stack>
        <Stack gap="sm">
          <Look
            compiled={reading.compiled} name={t("draft")} zone={zone} currency={versions.currency}
            now={versions.at}
          />
          <Panel title={t("json")} tools={<FileTools draft={draft} setDraft={setDraft} facility={versions.facility} />}>
            {pending && (
              <Group gap={8} mb={6}>
                <Text size="sm">{t("jsonWaits")}</Text>
                <Button size="compact-sm" variant="default" onClick={() => setDraft(typeText(draft.text))}>{t("dropForm")}</Button>
              </Group>
            )}
            <Textarea
              ref={json} className="json" aria-label={t("json")} rows={18} spellCheck={false} value={draft.text} readOnly={pending}
              onChange={(event) => setDraft(typeText(event.currentTarget.value))}
              error={reading.notJson === null ? null : t("notJson", { problem: reading.notJson })}
            />
            {draft.form === null && show(reading.findings)}
            {reading.notJson === null && reading.findings.length === 0 && <Text size="sm" c="dimmed" mt={6}>{t("findingsNone")}</Text>}
          </Panel>
        </Stack>
      </div>
      {mayPublish
        ? <Publish versions={versions} zone={zone} reading={reading} pending={pending} />
        : <Text size="sm" c="dimmed">{t("managersPublish")}</Text>}
    </Stack>
  );
}

type FileToolsProps = {
  readonly draft: Draft; readonly setDraft: (draft: Draft) => void; readonly facility: string;
};

function FileTools({ draft, setDraft, facility }: FileToolsProps) {
  const t = useWords(tariffWords);
  const [failed, setFailed] = useState(false);
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([draft.text], { type: "application/json" }));
    link.download = `tariff-${facility}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const load = (file: File | null) => {
    if (file === null) return;
    file.text().then((text) => {
      setDraft(typeText(text));
      setFailed(false);
    }, () => setFailed(true));
  };
  return (
    <>
      {failed && <Text size="sm" c="red" role="alert">{t("loadFailed")}</Text>}
      <Button size="xs" variant="default" onClick={download}>{t("download")}</Button>
      <FileButton onChange={load} accept="application/json,.json">{(props) => <Button size="xs" variant="default" {...props}>{t("load")} …</Button>}</FileButton>
    </>
  );
}
