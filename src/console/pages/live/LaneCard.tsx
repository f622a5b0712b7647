/** One lane: what its display says, where the car stands, what the barrier does, how old all of that is. */
import { Badge, Button, Group, Text } from "@mantine/core";
import { IconArrowBarToRight, IconArrowBarUp, IconArrowBarRight, IconHeadset } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { LaneView } from "../../../api/contract/live.ts";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { sayWords } from "../../words/say.ts";
import { DeviceList } from "./DeviceList.tsx";
import { LaneDrawing } from "./LaneDrawing.tsx";
import type { LivePart } from "./part.ts";
import { liveWords } from "./words.ts";

export function LaneCard({ lane, part }: { readonly lane: LaneView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  const shared = useShared();
  const { locale } = useFormat();
  const stuck = lane.step === "ticketInMouth" || lane.step === "printerFault" || lane.step === "attendant";
  const text = sayWords(locale, lane.display, part.site);
  return (
    <article className={`panel lane${stuck ? " card-alarm" : ""}`} aria-label={lane.name}>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Group gap={6} wrap="nowrap">
          {lane.direction === "entry" ? <IconArrowBarToRight size={18} aria-hidden /> : <IconArrowBarRight size={18} aria-hidden />}
          <Text component="h3" fw={650} m={0} fz="sm">{lane.name}</Text>
          <Text size="xs" c="dimmed">{shared(`direction.${lane.direction}`)}{lane.interlock === null ? "" : `, ${t("twoWay")}`}</Text>
        </Group>
        <Badge color={lane.mode === "automatic" ? "green" : lane.mode === "heldOpen" ? "orange" : "red"}>{shared(`laneMode.${lane.mode}`)}</Badge>
      </Group>
      <p className="led" aria-label={t("display")}><span className={lane.display.flashing ? "flash" : ""}>{text.trim() === "" ? "\u00a0" : text}</span></p>
      <LaneDrawing lane={lane} />
      <Movement lane={lane} part={part} />
      <Group gap={6} mt={4}>
        <Text size="xs">{t("barrier")}: <b>{shared(`barrier.${lane.barrier.reported}`)}</b>{unfinished(lane) === null ? "" : ` (${t(`desired.${unfinished(lane)!}`)})`}</Text>
        <Loops lane={lane} />
      </Group>
      <DeviceList devices={lane.devices} part={part} />
      {part.acts !== null && (
        <Group gap={6} mt={8}>
          <Button size="xs" color="red" variant="light" leftSection={<IconArrowBarUp size={14} aria-hidden />} onClick={() => part.acts?.openLane(lane, lane.movement?.ticket ?? undefined)} aria-label={t("openTitle", { lane: lane.name })}>{t("open")} …</Button>
          <Button size="xs" variant="default" onClick={() => part.acts?.setMode(lane)} aria-label={t("setMode", { lane: lane.name })}>{t("mode")} …</Button>
          <Button size="xs" variant="subtle" component="a" href={`/pillar/${part.facility}/${lane.id}`} target="_blank" rel="noreferrer">{t("pillar")}</Button>
        </Group>
      )}
    </article>
  );
}

/** The order the arm has not followed yet; `hold` is none. */
function unfinished({ barrier: { desired, reported } }: LaneView): "open" | "close" | null {
  if (desired === "open" && reported !== "open") return "open";
  return desired === "close" && reported !== "closed" ? "close" : null;
}

function Movement({ lane, part }: { readonly lane: LaneView; readonly part: LivePart }) {
  const t = useWords(liveWords);
  const shared = useShared();
  const format = useFormat();
  const movement = lane.movement;
  if (movement === null) return <Text size="sm" c="dimmed">{t("noVehicle")}</Text>;
  return (
    <Text size="sm" component="div">
      <b>{shared(`laneStep.${lane.step}`)}</b>{movement.refusal === null ? "" : `: ${shared(`reason.${movement.refusal}`)}`}{" "}
      <Text component="span" size="xs" c="dimmed" className="number">{t("since", { duration: format.duration(part.now - movement.since) })}{movement.until === null ? "" : `, ${t("until", { time: format.seconds(movement.until, part.site.zone) })}`}</Text>
      {movement.ticket !== null && <div>{t("ticket")} {part.acts === null ? movement.ticket : <Link className="mono" to="/f/$facility/tickets" params={{ facility: part.facility }} search={{ ticket: movement.ticket }}>{movement.ticket}</Link>}</div>}
      {movement.call !== null && part.acts !== null && <div><Link to="/calls" search={{ call: `${part.facility}-${movement.call}` }}><IconHeadset size={14} aria-hidden /> {t("call", { call: movement.call })}</Link></div>}
    </Text>
  );
}

function Loops({ lane }: { readonly lane: LaneView }) {
  const t = useWords(liveWords);
  const shared = useShared();
  const state = (loop: LaneView["loops"]["arming"]) => (loop === null ? t("unknown") : !loop.fresh ? t("stale") : loop.occupied ? t("occupied") : t("clear"));
  const names = ["arming", "underArm", "closing"] as const;
  const text = names.map((name) => `${shared(`loop.${name}`)}: ${state(lane.loops[name])}`).join(", ");
  return <Text size="xs" c="dimmed" title={text}>{t("loops")}: {names.map((name) => state(lane.loops[name])).join(" · ")}<span className="sr">{text}</span></Text>;
}

