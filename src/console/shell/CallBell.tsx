/** How many calls wait, from every page; rings until somebody answers. */
import { ActionIcon, Indicator, Tooltip } from "@mantine/core";
import { IconBell, IconBellRinging } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { OPERATORS } from "../../api/contract/access.ts";
import { useWords } from "../words/locale.tsx";
import { useOverview } from "./live.tsx";
import { useRing, useSound } from "./ring.tsx";
import { allowed, useMe } from "./session.ts";
import { shellWords } from "./words.ts";

export function CallBell() {
  return allowed(useMe().data, OPERATORS) ? <Bell /> : null;
}

function Bell() {
  const t = useWords(shellWords);
  const overview = useOverview();
  const [sound] = useSound();
  const count = (overview.data?.facilities ?? []).reduce((sum, facility) => sum + facility.openCalls, 0);
  useRing(count > 0, sound);
  const label = t("callsRinging", { count });
  return (
    <Tooltip label={label}>
      <Indicator label={count} size={17} color="red" disabled={count === 0} offset={4}>
        <ActionIcon component={Link} to="/calls" size="lg" variant={count > 0 ? "filled" : "subtle"} color={count > 0 ? "red" : "gray"} aria-label={label}>
          {count > 0 ? <IconBellRinging size={20} aria-hidden /> : <IconBell size={20} aria-hidden />}
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
