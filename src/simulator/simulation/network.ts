/** The wire between devices and owner: late, twice, again after a loss, not at all while a link is down. */
import type { DeviceMessage } from "../../devices/inbox.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Rng } from "../../kernel/random.ts";
import type { OutMessage } from "../world/world.ts";

export type InFlight = Omit<DeviceMessage, "ageMs"> & { readonly saidAt: Instant };

export type Network = {
  readonly rng: Rng;
  readonly lines: Map<string, { boot: number; seq: number }>;
  /** Lanes and stations whose link is down, with what their devices keep meanwhile. */
  readonly down: Map<string, InFlight[]>;
};

export const createNetwork = (rng: Rng): Network => ({ rng, lines: new Map(), down: new Map() });

export type Wire = { readonly duplicate: number; readonly loss: number; readonly delay: number };

/** Lane or station of a device's name. */
export const placeOf = (device: string): string => device.split("/")[0] ?? device;

/** A device buffers this much while its link is down; then the oldest is lost. */
const BUFFER_MAX = 200;

/** The device numbers the message; the copies that will arrive, and when. */
export function send(net: Network, out: OutMessage, wire: Wire, now: Instant): { readonly at: Instant; readonly message: InFlight }[] {
  const line = net.lines.get(out.device) ?? { boot: 1, seq: 0 };
  net.lines.set(out.device, line);
  const message: InFlight = { device: out.device, boot: line.boot, seq: ++line.seq, saidAt: now, command: out.command };
  const waiting = net.down.get(placeOf(out.device));
  if (waiting) {
    waiting.push(message);
    if (waiting.length > BUFFER_MAX) waiting.shift();
    return [];
  }
  return copies(net, message, wire, now);
}

export function copies(net: Network, message: InFlight, wire: Wire, now: Instant): { readonly at: Instant; readonly message: InFlight }[] {
  let at = now + 2 + net.rng.int(30);
  // A lost message is sent again a second later until one arrives.
  while (net.rng.chance(wire.loss)) at += 1_000;
  if (net.rng.chance(wire.delay)) at += net.rng.int(30_000);
  const arrivals = [{ at, message }];
  if (net.rng.chance(wire.duplicate)) arrivals.push({ at: at + net.rng.int(120_000), message });
  return arrivals;
}

export function reboot(net: Network, device: string): void {
  const line = net.lines.get(device);
  if (line) net.lines.set(device, { boot: line.boot + 1, seq: 0 });
}

export const linkDown = (net: Network, place: string): void => void (net.down.has(place) || net.down.set(place, []));

/** What the devices had kept; the caller sends it on. */
export function linkUp(net: Network, place: string): InFlight[] {
  const kept = net.down.get(place) ?? [];
  net.down.delete(place);
  return kept;
}
