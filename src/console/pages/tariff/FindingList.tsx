/** What the engine found wrong, doubtful or unusual, each with its fix and the way to its place. */
import { Button, Group, Text } from "@mantine/core";
import type { Finding } from "../../../tariff/finding.ts";
import { useWords } from "../../words/locale.tsx";
import { placeOf } from "./json.ts";
import { tariffWords } from "./words.ts";

type FindingListProps = {
  readonly findings: readonly Finding[];
  readonly text: string;
  readonly onShow?: (finding: Finding) => void;
  readonly onConfirm?: (finding: Finding) => void;
};

export function FindingList({ findings, text, onShow, onConfirm }: FindingListProps) {
  const t = useWords(tariffWords);
  return (
    <>
      {findings.map((finding, i) => (
        <div key={`${finding.path} ${finding.code} ${i}`} className={`finding finding-${finding.severity}`}>
          <Text component="div" size="sm"><b>{t(`severity.${finding.severity}`)}:</b> <span lang="en">{finding.message} {t("fix", { fix: finding.fix })}</span></Text>
          <Group gap={6} mt={2}>
            <span className="mono">{t("place", { line: placeOf(text, finding.path)?.line ?? "–", path: finding.path })}</span>
            {onShow && <Button size="compact-xs" variant="default" onClick={() => onShow(finding)}>{t("showPlace")}</Button>}
            {onConfirm && finding.severity === "guess" && /^\$\.tables\[\d+\]/.test(finding.path) && (
              <Button size="compact-xs" onClick={() => onConfirm(finding)}>{t("confirm")}</Button>
            )}
          </Group>
        </div>
      ))}
    </>
  );
}
