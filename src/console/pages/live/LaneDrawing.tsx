/**
 * A lane from above: three loops that light up, the arm at its reported angle.
 *
 *    [arming]  | [under arm]  [closing]  ->      the bar | is the arm, raised when open
 *
 * Everything drawn is also said in words beside it.
 */
import type { LaneView } from "../../../api/contract/live.ts";

type Loop = LaneView["loops"]["arming"];
const loopClass = (loop: Loop): string => (loop === null ? "loop loop-unknown" : !loop.fresh ? "loop loop-stale" : loop.occupied ? "loop loop-on" : "loop");

const ANGLE = { open: -75, closed: 0, moving: -38, unknown: 0 } as const;

export function LaneDrawing({ lane }: { readonly lane: LaneView }) {
  const unsure = lane.barrier.reported === "unknown";
  return (
    <svg viewBox="0 -26 240 92" className="lane-drawing" aria-hidden>
      <rect x="0" y="34" width="240" height="30" rx="4" className="road" />
      <path d="M6 49h228" className="road-line" />
      <rect x="22" y="38" width="46" height="22" rx="5" className={loopClass(lane.loops.arming)} />
      <rect x="106" y="38" width="38" height="22" rx="5" className={loopClass(lane.loops.underArm)} />
      <rect x="166" y="38" width="46" height="22" rx="5" className={loopClass(lane.loops.closing)} />
      <path d="M216 30h14m-5-4 5 4-5 4" className="lane-arrow" />
      <rect x="84" y="14" width="10" height="24" rx="2" className="post" />
      <g style={{ transform: `rotate(${ANGLE[lane.barrier.reported]}deg)`, transformOrigin: "89px 20px" }} className="arm">
        <rect x="86" y="17" width="54" height="6" rx="3" className={unsure ? "arm-bar arm-unsure" : "arm-bar"} />
      </g>
    </svg>
  );
}
