/** Items 62 to 64: what every answer looks like, and the pilot profile's own shapes. */
import { HOUR, instant, occupancyUpdate, placeBody } from "../bodies.ts";
import { accepted, must, status } from "../checks.ts";
import { type Caller } from "../http.ts";
import { type Item, Unseen, item } from "../item.ts";
import { at, isBody, listAt } from "../json.ts";
import type { Trial } from "../trial.ts";
import type { Rule } from "../watch.ts";

const watched = (rule: Rule) => async ({ transport }: Trial): Promise<void> => {
  transport.watch.demand(rule);
};

/** A caller of the pilot profile: its own header, its own prefix. */
export function pilotOf(trial: Trial, role: "op1" | "sp1"): Caller {
  const { pilotToken } = trial.client(role);
  if (pilotToken === undefined) throw new Unseen(`the fixture has no pilotToken for ${role}`);
  return trial.bare({ "x-mcc-access-token": pilotToken });
}

export const PILOT = "/v1/parking";

async function pilotShapes(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const place = trial.names.id("pilot");
  accepted(await trial.as("op1").post("/places", placeBody(place)));
  accepted(await trial.as("op1").put(`/places/${place}`, occupancyUpdate(place, 20, trial.now(), 49)));
  const seen = status(await pilotOf(trial, "op1").get(`${PILOT}/places/${place}`, { expand: "all" }), 200);
  const object = isBody(at(seen.json, "data")) ? at(seen.json, "data") : seen.json;
  must(isBody(at(object, "name")) && typeof at(object, "name.en") === "string", "name is no map of languages", seen);
  must(at(object, "occupancy") !== undefined, "the place has no occupancy", seen);
  const now = trial.now();
  const id = trial.names.id("pilot");
  const session = {
    id, version: 1, actualStart: instant(now), actualEnd: instant(now + HOUR), hierarchyElement: { id: street, version: 1 },
    credentials: [{ type: "licensePlate", identifier: { id: trial.names.plate(), className: "UKNumberPlate" } }],
    segments: [{ id: `${id}-s1`, version: 1, actualStart: instant(now), actualEnd: instant(now + HOUR), validationType: ["licensePlate"] }],
  };
  const made = status(await pilotOf(trial, "sp1").post(`${PILOT}/sessions`, session), 200);
  must(at(made.json, "code") === 200 && at(made.json, "status") === "OK", "the reply is not the pilot's", made);
  const read = status(await pilotOf(trial, "sp1").get(`${PILOT}/sessions/${id}`, { expand: "all" }), 200);
  const back = isBody(at(read.json, "data")) ? at(read.json, "data") : read.json;
  must(listAt(back, "credentials").length === 1, "the session has no credentials", read);
}

export const SHAPE_ITEMS: readonly Item[] = [
  item(62, "P", "Ids, dates and texts of every answer have the profile's shape", [], watched("shapes"), { last: true }),
  item(63, "L", "The pilot profile answers with maps of languages, credentials, occupancy and 200", ["op1", "sp1"], pilotShapes),
  item(64, "P", "No member is null", [], watched("noNull"), { last: true }),
];
