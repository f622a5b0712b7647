/** A stay the app has sold, as it keeps it to give more time. */
import type { ActorId } from "../../sandbox/contract.ts";
import type { Json } from "../read.ts";
import type { Offer } from "../tariff.ts";

export type Stay = {
  readonly id: string; readonly provider: ActorId; readonly plate: string; readonly place: string; readonly from: number; readonly to: number;
  readonly version: number; readonly segments: readonly Json[]; readonly offer: Offer;
};
