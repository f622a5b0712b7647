/** The devices of a lane or pay station: one quiet line while all is well, each by name as soon as one is not. */
import { Badge, Group, Text } from "@mantine/core";
import type { DeviceStatusView } from "../../../api/contract/live.ts";
import { Age } from "../../parts/Age.tsx";
import { useWords } from "../../words/locale.tsx";
import type { LivePart } from "./part.ts";
import { STALE_MS } from "../../shell/live.tsx";
import { liveWords } from "./words.ts";

const COLOUR = { ok: "green", warning: "orange", fault: "red", lost: "red" } as const;

export function DeviceList({ devices, part }: { readonly devices: readonly DeviceStatusView[]; readonly part: LivePart }) {
  const t = useWords(liveWords);
  if (devices.length === 0) return <Text size="xs" c="dimmed">{t("noDevices")}</Text>;
  const ages = devices.map((device) => (device.lastSeenAt === null ? null : part.age(device.lastSeenAt)));
  const troubled = devices.filter((device, n) => device.state !== "ok" || ages[n] === null || (ages[n] ?? 0) > STALE_MS);
  const worst = ages.includes(null) ? null : Math.max(...ages.filter((age) => age !== null));
  return (
    <Group gap={6} mt={4}>
      <Text size="xs" c="dimmed">{t("devices")}: {devices.length}</Text><Age ms={worst} />
      {troubled.map((device) => (
        <Badge key={device.device} color={COLOUR[device.state]} variant={device.state === "ok" ? "dot" : "light"} title={device.detail}>
          {device.device}: {t(`state.${device.state}`)}{device.detail === "" || device.detail === "ok" ? "" : `, ${device.detail}`}
        </Badge>
      ))}
    </Group>
  );
}
