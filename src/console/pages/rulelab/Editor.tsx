/** The scenario as text, with its line numbers; a line that is wrong is marked, and what is wrong stands below. */
import { Button, FileButton, Group, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useWords } from "../../words/locale.tsx";
import type { LineProblem } from "./lab.ts";
import { labWords } from "./words.ts";

type EditorProps = { readonly text: string; readonly problems: readonly LineProblem[]; readonly onType: (text: string) => void };

export function Editor({ text, problems, onType }: EditorProps) {
  const t = useWords(labWords);
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = text.split("\n");
  const wrong = new Set(problems.map(({ line }) => line));
  const show = (line: number) => {
    if (area.current === null) return;
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.current.focus();
    area.current.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.current.scrollTop = area.current.scrollHeight * ((line - 3) / lines.length);
  };
  return (
    <>
      <div className="lab-editor">
        <div className="lab-lines" aria-hidden ref={gutter}>
          {lines.map((_, i) => <div key={i} className={wrong.has(i + 1) ? "lab-wrong" : ""}>{i + 1}</div>)}
        </div>
        <textarea
          ref={area} className="lab-text" aria-label={t("editor")} aria-describedby="lab-problems" aria-invalid={problems.length > 0} spellCheck={false} value={text} rows={16}
          onChange={(event) => onType(event.currentTarget.value)}
          onScroll={(event) => { if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop; }}
        />
      </div>
      <Text size="xs" c="dimmed" mt={4}>{t("editorHint")}</Text>
      <div id="lab-problems" role="status">
        {problems.map(({ line, message }, i) => (
          <Group key={`${line} ${i}`} gap={8} mt={6} wrap="nowrap" align="flex-start">
            <Button size="compact-xs" color="red" variant="light" style={{ flex: "none" }} onClick={() => show(line)} aria-label={t("showLine", { line })}>{t("lineN", { line })}</Button>
            <Text size="sm" lang="en" style={{ overflowWrap: "anywhere" }}>{message}</Text>
          </Group>
        ))}
      </div>
    </>
  );
}

type FileToolsProps = { readonly name: string; readonly text: string; readonly onLoad: (name: string, text: string) => void };

export function FileTools({ name, text, onLoad }: FileToolsProps) {
  const t = useWords(labWords);
  const [failed, setFailed] = useState(false);
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    link.download = `${name === "" ? "scenario" : name}.yaml`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const load = (file: File | null) => {
    if (file === null) return;
    file.text().then((read) => {
      onLoad(file.name.replace(/\.ya?ml$/, ""), read);
      setFailed(false);
    }, () => setFailed(true));
  };
  return (
    <>
      {failed && <Text size="sm" c="red" role="alert">{t("loadFailed")}</Text>}
      <Button size="xs" variant="default" onClick={download}>{t("download")}</Button>
      <FileButton onChange={load} accept=".yaml,.yml,application/yaml,text/plain">{(props) => <Button size="xs" variant="default" {...props}>{t("load")} …</Button>}</FileButton>
    </>
  );
}
