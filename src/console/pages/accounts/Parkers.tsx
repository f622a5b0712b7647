/** The cars and cards of an account, and where they are. */
import { Badge, Button, Group, Text } from "@mantine/core";
import type { AccountDetails, CredentialView, ParkerView } from "../../../api/contract/accounts.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useParkerActs } from "./acts.ts";
import { accountWords } from "./words.ts";

type Row = { readonly parker: ParkerView; readonly credential: CredentialView | null; readonly first: boolean };

export function Parkers({ account }: { readonly account: AccountDetails }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const zone = useCityZone();
  const carPark = useCarParkName();
  const acts = useParkerActs(account.account);
  const rows = account.parkers.flatMap((parker): readonly Row[] => (parker.credentials.length === 0
    ? [{ parker, credential: null, first: true }] : parker.credentials.map((credential, i) => ({ parker, credential, first: i === 0 }))));
  const nameOf = ({ name, parker }: ParkerView) => name ?? t("unnamed", { parker });
  const textOf = (credential: CredentialView) => `${t(`credential.${credential.kind}`)} ${credential.text ?? t("textErased")}`;
  return (
    <Panel title={t("parkers")} tools={<Button size="xs" onClick={acts.add}>{t("addParker")} …</Button>}>
      <DataTable<Row>
        label={t("parkers")} rows={rows} rowKey={({ parker, credential }) => `${parker.parker} ${credential?.credential ?? ""}`} empty={t("noParkers")} minWidth={760}
        columns={[
          { key: "name", head: t("name"), cell: ({ parker, first }) => (first ? nameOf(parker) : <span className="sr">{nameOf(parker)}</span>) },
          { key: "credential", head: t("credential"), cell: ({ credential }) => credential && <>{t(`credential.${credential.kind}`)} <span className="mono">{credential.text ?? t("textErased")}</span></> },
          {
            key: "state", head: t("state"),
            cell: ({ credential }) => credential && (
              <Group gap={4}>
                {credential.inside && <Badge color="green">{t("isInside", { carPark: carPark(credential.inside.facility), since: format.dateTime(credential.inside.since, zone) })}</Badge>}
                {credential.blocked && <Badge color="red">{t("blocked")}</Badge>}
                {credential.leaving && <Badge color="orange">{t("leaving")}</Badge>}
                {!credential.inside && !credential.blocked && !credential.leaving && <Text size="sm" c="dimmed">–</Text>}
              </Group>
            ),
          },
          {
            key: "acts", head: t("reason"), headHidden: true,
            cell: ({ parker, credential, first }) => (
              <Group gap={4} wrap="nowrap" justify="flex-end" role="group" aria-label={credential === null ? nameOf(parker) : textOf(credential)}>
                {credential && <Button size="compact-xs" variant="default" onClick={() => acts.block(parker, credential)}>{credential.blocked ? t("unblock") : t("block")} …</Button>}
                {credential && <Button size="compact-xs" variant="default" onClick={() => acts.remove(parker, credential)}>{t("remove")} …</Button>}
                {first && <Button size="compact-xs" variant="default" onClick={() => acts.addCredential(parker)}>{t("addCredential")} …</Button>}
              </Group>
            ),
          },
        ]}
      />
    </Panel>
  );
}
