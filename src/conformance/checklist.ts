/** The whole checklist in its order. `conformance.test.ts` shows that no number from 1 to 135 is missing or doubled. */
import type { Item } from "./item.ts";
import { CODE_ITEMS } from "./items/codes.ts";
import { DEPARTURE_ITEMS } from "./items/departure.ts";
import { FILTER_ITEMS } from "./items/filters.ts";
import { FRICTIONLESS_ITEMS } from "./items/frictionless.ts";
import { IDENTITY_ITEMS } from "./items/identity.ts";
import { LATER_ITEMS } from "./items/later.ts";
import { LIST_ITEMS } from "./items/lists.ts";
import { PLACE_ITEMS } from "./items/places.ts";
import { ROBUSTNESS_ITEMS } from "./items/robustness.ts";
import { SESSION_ITEMS } from "./items/sessions.ts";
import { SHAPE_ITEMS } from "./items/shapes.ts";
import { TARIFF_ITEMS } from "./items/tariffs.ts";
import { TOLERATED_ITEMS } from "./items/tolerated.ts";
import { TRANSPORT_ITEMS } from "./items/transport.ts";
import { WEBHOOK_ITEMS } from "./items/webhooks.ts";

export const CHECKLIST: readonly Item[] = [
  ...TRANSPORT_ITEMS, ...CODE_ITEMS, ...IDENTITY_ITEMS, ...LIST_ITEMS, ...FILTER_ITEMS, ...SHAPE_ITEMS, ...PLACE_ITEMS, ...TARIFF_ITEMS,
  ...SESSION_ITEMS, ...TOLERATED_ITEMS, ...WEBHOOK_ITEMS, ...FRICTIONLESS_ITEMS, ...DEPARTURE_ITEMS, ...LATER_ITEMS, ...ROBUSTNESS_ITEMS,
].toSorted((a, b) => a.no - b.no);
