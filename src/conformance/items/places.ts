/** Items 65 to 71: the hierarchy of places and their occupancy. */
import { MINUTE, occupancyUpdate, placeBody, reference, text, without } from "../bodies.ts";
import { accepted, equal, must, refused, sameSet, status } from "../checks.ts";
import { type Item, item } from "../item.ts";
import { at, contains, each, listAt } from "../json.ts";
import { type Trial, allPages, nextSecond, whole } from "../trial.ts";

async function children(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const [parent, child] = [trial.names.id("parent"), trial.names.id("child")];
  accepted(await op1.post("/places", placeBody(parent)));
  accepted(await op1.post("/places", placeBody(child, { layer: 2, type: "identifiedArea", parentId: reference(parent) })));
  const seen = await whole(op1, "/places", parent);
  sameSet(each(listAt(seen.json, "childIds"), "id"), [child], "childIds", seen);
  refused(await op1.delete(`/places/${parent}`), 409, child);
  accepted(await op1.delete(`/places/${child}`));
  accepted(await op1.delete(`/places/${parent}`));
}

async function parents(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const [top, below] = [trial.names.id("top"), trial.names.id("below")];
  accepted(await op1.post("/places", placeBody(top, { layer: 1 })));
  accepted(await op1.post("/places", placeBody(below, { layer: 2, parentId: reference(top) })));
  refused(await op1.put(`/places/${top}`, { layer: 3, parentId: reference(below) }), [400, 409]);
  refused(await op1.put(`/places/${top}`, { layer: 3, parentId: reference(top) }), [400, 409]);
  const unknown = trial.names.id("unknown");
  refused(await op1.post("/places", placeBody(trial.names.id("orphan"), { parentId: reference(unknown) })), 400, unknown);
  refused(await op1.post("/places", placeBody(trial.names.id("shallow"), { layer: 1, parentId: reference(top) })), 400);
}

async function zones(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  refused(await op1.post("/places", without(placeBody(trial.names.id("zoneless")), "timeZone")), 400);
  for (const timeZone of ["Europe/Atlantis", "GMT+25", "", 1]) refused(await op1.post("/places", placeBody(trial.names.id("zone"), { timeZone })), 400);
  status(await op1.post("/places", placeBody(trial.names.id("zone"), { timeZone: "Australia/Sydney" })), 201);
}

async function countOf(trial: Trial, id: string): Promise<unknown> {
  const reply = status(await trial.as("sp1").get(`/places/${id}`, { expand: "occupancy" }), 200);
  return at(reply.json, "hierarchyElementReference.demandTable.0.demandType.0.count");
}

async function occupancy(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("counted");
  accepted(await op1.post("/places", placeBody(id)));
  const since = await nextSecond(trial);
  status(await op1.put(`/places/${id}`, occupancyUpdate(id, 40, trial.now())), 200);
  const seen = status(await whole(op1, "/places", id), 200);
  equal(at(seen.json, "version"), 1, "version after a count", seen);
  equal(at(seen.json, "hierarchyElementReference.demandTable.0.demandType.0.count"), 40, "count", seen);
  equal(at(seen.json, "hierarchyElementReference.supply.0.supplyQuantity"), 100, "supplyQuantity", seen);
  const { ids, replies } = await allPages(op1, "/places", { modified_since: since });
  must(!ids.includes(id), "a count makes the place modified", replies[0]);
}

async function lateCount(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("counted");
  const now = trial.now();
  accepted(await op1.post("/places", placeBody(id)));
  status(await op1.put(`/places/${id}`, occupancyUpdate(id, 40, now)), 200);
  status(await op1.put(`/places/${id}`, occupancyUpdate(id, 10, now - 5 * MINUTE)), 200);
  equal(await countOf(trial, id), 40, "count after an older one arrived");
}

async function overfull(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("counted");
  accepted(await op1.post("/places", placeBody(id)));
  status(await op1.put(`/places/${id}`, occupancyUpdate(id, 120, trial.now() - 1_000, 100)), 200);
  equal(await countOf(trial, id), 120, "count above supply");
  status(await op1.patch(`/places/${id}`, occupancyUpdate(id, 90, trial.now(), 100)), 200);
  equal(await countOf(trial, id), 90, "count after a PATCH");
  status(await op1.patch(`/places/${id}`, { description: text("patched") }), 200);
  equal(at((await whole(op1, "/places", id)).json, "description.0.string"), "patched", "description after a PATCH");
}

async function strangers(trial: Trial): Promise<void> {
  const { street, rate, streetSpec } = await trial.world();
  const op2 = trial.as("op2");
  for (const path of [`/places/${street}`, `/rates/${rate}`, `/rights/specs/${streetSpec}`]) {
    refused(await op2.put(path, { description: text("taken over") }), [403, 404]);
    refused(await op2.delete(path), [403, 404]);
  }
  refused(await op2.put(`/places/${street}`, occupancyUpdate(street, 1, trial.now())), [403, 404]);
  refused(await op2.post("/places", placeBody(trial.names.id("intruder"), { layer: 2, parentId: reference(street) })), [400, 403, 404]);
  status(await trial.as("op1").get(`/places/${street}`), 200);
}

async function restrictions(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("restricted");
  const operatingRestrictions = [
    { operatingRestriction: "closed", times: {
      overallStartTime: "2026-01-01T00:00:00Z",
      validPeriods: [{ recurringTimePeriodOfDay: [{ startTimeOfPeriod: "00:00", endTimeOfPeriod: "06:00" }] }],
    } },
    { operatingRestriction: "noParking" },
  ];
  status(await op1.post("/places", placeBody(id, { operatingRestrictions })), 201);
  const seen = status(await op1.get(`/places/${id}`, { expand: "operatingRestrictions" }), 200);
  must(contains(at(seen.json, "operatingRestrictions.0"), { operatingRestriction: "closed" }), "operatingRestrictions is not what was sent", seen);
  equal(at(seen.json, "operatingRestrictions.0.times.overallStartTime"), "2026-01-01T00:00:00Z", "operatingRestrictions.times", seen);
}

export const PLACE_ITEMS: readonly Item[] = [
  item(65, "D", "A child is in its parent's childIds; a parent with children is not deleted", ["op1"], children),
  item(66, "D", "A circle of parents, an unknown parent and a child above its parent are refused", ["op1"], parents),
  item(67, "SD", "A place without a time zone, or with a zone that does not exist, is 400", ["op1"], zones),
  item(68, "S", "A count changes neither version nor modified_since, and expand=occupancy shows it", ["op1", "sp1"], occupancy),
  item(69, "D", "An older count does not overwrite a newer one", ["op1", "sp1"], lateCount),
  item(70, "X", "A count above supply is accepted; PATCH is PUT", ["op1", "sp1"], overfull),
  item(71, "D", "An operator cannot write another operator's objects", ["op1", "op2"], strangers),
  item(72, "S", "Operating restrictions with times come back as sent", ["op1"], restrictions),
];
