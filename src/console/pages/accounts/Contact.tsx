/** Where letters go, what happens beyond the contracts, and the login to My parking. */
import { Alert, Button, Text } from "@mantine/core";
import { useState } from "react";
import { MANAGERS } from "../../../api/contract/access.ts";
import type { AccountDetails, InviteAnswer } from "../../../api/contract/accounts.ts";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useAccountActs } from "./acts.ts";
import { accountWords } from "./words.ts";

export function Contact({ account }: { readonly account: AccountDetails }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const zone = useCityZone();
  const acts = useAccountActs();
  const manages = allowed(useMe().data, MANAGERS);
  const [invited, setInvited] = useState<InviteAnswer | null>(null);
  const { contact, terms, login } = account;
  const when = (at: number | null) => (at === null ? t("neverUsed") : format.dateTime(at, zone));
  const loginText = login.state === "none" ? t("login.none") : login.state === "invited" ? t("login.invited", { at: when(login.inviteExpiresAt) }) : t("login.active", { at: when(login.lastLoginAt) });
  return (
    <Panel
      title={t("details")}
      tools={<>
        <Button size="xs" variant="default" onClick={() => acts.editContact(account)}>{t("editContact")} …</Button>
        {manages && <Button size="xs" variant="default" onClick={() => acts.editTerms(account)}>{t("terms")} …</Button>}
        {manages && <Button size="xs" variant="default" onClick={() => acts.invite(account, setInvited)}>{t("invite")} …</Button>}
        {manages && login.state !== "none" && <Button size="xs" variant="default" onClick={() => acts.revoke(account.account)}>{t("revoke")} …</Button>}
      </>}
    >
      <Facts rows={[
        [t("account"), <span key="id" className="mono">{account.account}</span>],
        [t("openedOn"), format.date(account.openedAt, zone)],
        ...(contact === null ? [[t("contact"), t("erased")] as const] : [
          [t("kind"), t(`kind.${contact.kind}`)] as const, [t("address"), contact.address] as const, [t("email"), contact.email ?? "–"] as const, [t("phone"), contact.phone ?? "–"] as const,
          [t("language"), contact.locale === "de" ? "Deutsch" : "English"] as const,
        ]),
        [t("terms"), `${terms.overflow === null ? t("asCarPark") : t(`overflow.${terms.overflow}`)}${terms.overflowLimit === null ? "" : ` (${t("overflowLimit")}: ${terms.overflowLimit})`}`],
        [t("login"), loginText],
      ]} />
      {invited && (
        <Alert color="blue" mt="sm" withCloseButton closeButtonLabel="×" onClose={() => setInvited(null)} role="status">
          <Text className="mono" fw={700}>{t("code", { code: invited.code })}</Text>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>{t("codeAt", { link: location.origin + invited.path, until: format.dateTime(invited.expiresAt, zone) })}. {invited.sent ? t("codeSent", { email: invited.email }) : t("codeNotSent")}.</Text>
        </Alert>
      )}
    </Panel>
  );
}
