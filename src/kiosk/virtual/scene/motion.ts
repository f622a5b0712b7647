/**
 * Smooth movement between two pictures of the world. Each picture gives every node a goal; until the next one
 * is due the node glides there, always from where it is drawn now, so nothing jumps at any speed of the clock.
 */
import { useCallback, useEffect, useRef } from "react";
import type { Pose } from "./layout.ts";

type Track = { from: Pose; to: Pose; now: Pose; since: number; ms: number };

/** A glide lasts as long as pictures were apart lately, within these bounds. */
const GLIDE_MS_MIN = 60;
const GLIDE_MS_MAX = 400;

export type Motion = {
  /** New goals for all nodes; those not named are forgotten. */
  readonly aim: (poses: ReadonlyMap<string, Pose>) => void;
  readonly attach: (id: string) => (node: SVGGElement | null) => void;
};

export const transformOf = (pose: Pose): string =>
  `translate(${pose.x.toFixed(1)} ${pose.y.toFixed(1)}) rotate(${pose.angle.toFixed(1)}) scale(${pose.scale.toFixed(3)})`;

/** Between two poses; turns the short way round. */
export function between(from: Pose, to: Pose, share: number): Pose {
  const turn = ((to.angle - from.angle + 540) % 360) - 180;
  return {
    x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share,
    angle: from.angle + turn * share, scale: from.scale + (to.scale - from.scale) * share,
  };
}

export function useMotion(): Motion {
  const tracks = useRef(new Map<string, Track>());
  const nodes = useRef(new Map<string, SVGGElement>());
  const refs = useRef(new Map<string, (node: SVGGElement | null) => void>());
  const lastAim = useRef(0);

  useEffect(() => {
    let frame = 0;
    const draw = (time: number) => {
      for (const [id, track] of tracks.current) glide(track, time, nodes.current.get(id));
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, []);

  const aim = useCallback((poses: ReadonlyMap<string, Pose>) => {
    const time = performance.now();
    const ms = Math.min(GLIDE_MS_MAX, Math.max(GLIDE_MS_MIN, time - lastAim.current));
    lastAim.current = time;
    for (const [id, to] of poses) {
      const known = tracks.current.get(id);
      if (known) Object.assign(known, { from: known.now, to, since: time, ms });
      else tracks.current.set(id, { from: to, to, now: to, since: time, ms });
      if (!known) nodes.current.get(id)?.setAttribute("transform", transformOf(to));
    }
    for (const id of tracks.current.keys()) {
      if (poses.has(id)) continue;
      tracks.current.delete(id);
      refs.current.delete(id);
    }
  }, []);

  const attach = useCallback((id: string) => {
    const known = refs.current.get(id);
    if (known) return known;
    const take = (node: SVGGElement | null) => {
      if (!node) return void nodes.current.delete(id);
      nodes.current.set(id, node);
      const track = tracks.current.get(id);
      if (track) node.setAttribute("transform", transformOf(track.now));
    };
    refs.current.set(id, take);
    return take;
  }, []);
  return { aim, attach };
}

function glide(track: Track, time: number, node: SVGGElement | undefined): void {
  if (!node || track.now === track.to) return;
  const share = Math.min(1, (time - track.since) / track.ms);
  track.now = share >= 1 ? track.to : between(track.from, track.to, share);
  node.setAttribute("transform", transformOf(track.now));
}
