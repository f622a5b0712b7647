/** Items 73 to 82: specifications and rate tables. */
import vectors from "../../tariff/examples/vectors.json" with { type: "json" };
import { line, rateBody, specBody, text, without } from "../bodies.ts";
import { accepted, equal, must, refused, status } from "../checks.ts";
import type { Reply } from "../http.ts";
import { type Item, item, notHere } from "../item.ts";
import { type Body, at, contains, each, listAt, textAt } from "../json.ts";
import { type Trial, allPages, whole } from "../trial.ts";

async function specNeeds(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const body = () => specBody(trial.names.id("spec"), [street]);
  for (const member of ["hierarchyElements", "transferable"]) refused(await trial.as("op1").post("/rights/specs", without(body(), member)), 400);
  refused(await trial.as("op1").post("/rights/specs", { ...body(), hierarchyElements: [] }), 400);
}

async function listedAtPlace(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const op1 = trial.as("op1");
  const id = trial.names.id("spec");
  const specs = async () => each(listAt((await whole(op1, "/places", street)).json, "rightSpecifications"), "id");
  accepted(await op1.post("/rights/specs", specBody(id, [street], { type: "waiting" })));
  must((await specs()).includes(id), "the place does not list its new specification");
  accepted(await op1.delete(`/rights/specs/${id}`));
  must(!(await specs()).includes(id), "the place lists a deleted specification");
}

function lines(...rateLines: readonly Body[]): Body {
  return { rateLineCollections: [{ applicableCurrency: "GBP", rateLines }] };
}

async function sparse(trial: Trial): Promise<void> {
  const id = trial.names.id("rate");
  const body = { id, version: 1, rateTableName: text("Sparse"), availability: "public", ...lines(line(1, { rateLineType: "flatRate", value: 5 })) };
  accepted(await trial.as("op1").post("/rates", body));
  const seen = status(await whole(trial.as("op1"), "/rates", id), 200);
  equal(at(seen.json, "rateLineCollections.0.rateLines.0.value"), 5, "value", seen);
}

async function lineTypes(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  accepted(await op1.post("/rates", rateBody(trial.names.id("rate"), lines(line(0, { rateLineType: "flatRate", value: 5 })))));
  const reply = refused(await op1.post("/rates", rateBody(trial.names.id("rate"), lines(line(1, { rateLineType: "perUnit", value: 5 })))), 400);
  must(/perUnit/.test(textAt(reply.json, "message")), "the message does not name perUnit", reply);
  const monthly = line(1, { rateLineType: "incrementingRate", value: 5, incrementPeriod: "P1M" });
  refused(await op1.post("/rates", rateBody(trial.names.id("rate"), lines(monthly))), 400);
}

async function durations(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  for (const [start, end] of [["00:00", "01:30"], ["00:00:00", "00:01:30"], ["P0S", "P5399S"], ["PT0S", "PT5399S"]] as const) {
    const id = trial.names.id("rate");
    const tier = line(1, { rateLineType: "flatRateTier", value: 3, durationStart: start, durationEnd: end, usageCondition: "once" });
    accepted(await op1.post("/rates", rateBody(id, lines(tier))));
    const seen = status(await whole(op1, "/rates", id), 200);
    must(textAt(seen.json, "rateLineCollections.0.rateLines.0.durationEnd") !== "", `durationEnd ${end} was lost`, seen);
  }
  const bad = line(1, { rateLineType: "flatRateTier", value: 3, durationStart: "00:00", durationEnd: "soon" });
  refused(await op1.post("/rates", rateBody(trial.names.id("rate"), lines(bad))), 400);
}

async function vectorTables(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const tables: readonly Body[] = Object.values(vectors.rateTables);
  must(tables.length >= 20, "the rate tables of the vectors are not there");
  for (const table of tables) {
    const id = trial.names.id(String(table["id"]));
    accepted(await op1.post("/rates", { ...table, id }));
    const seen = status(await whole(op1, "/rates", id), 200);
    for (const [index, collection] of listAt(table, "rateLineCollections").entries()) {
      const stored = at(seen.json, `rateLineCollections.${index}`);
      equal(each(listAt(stored, "rateLines"), "value"), each(listAt(collection, "rateLines"), "value"), `the values of ${String(table["id"])}`, seen);
      must(contains(stored, collection), `collection ${index} of ${String(table["id"])} is not what was sent`, seen);
    }
  }
}

/** Where a server says what it made of a body: the lint header, or the message. */
function lintOf(reply: Reply): string {
  return `${reply.headers.get("x-lint") ?? ""} ${textAt(reply.json, "message")}`;
}

async function ambiguous(trial: Trial): Promise<void> {
  const tiers = [["00:00", "01:00", 2], ["01:00", "02:00", 4], ["02:00", "04:00", 6]] as const;
  const body = rateBody(trial.names.id("rate"), lines(...tiers.map(([durationStart, durationEnd, value], index) =>
    line(index + 1, { rateLineType: "flatRateTier", durationStart, durationEnd, value }))));
  const reply = accepted(await trial.as("op1").post("/rates", body));
  must(/cumulative/i.test(lintOf(reply)), "no warning names the mode the tiers are read in", reply);
}

async function hidden(trial: Trial): Promise<void> {
  for (const availability of ["private", "restricted"]) {
    const id = trial.names.id("rate");
    accepted(await trial.as("op1").post("/rates", rateBody(id, { availability })));
    status(await trial.as("op1").get(`/rates/${id}`), 200);
    for (const role of ["sp2", "es1"] as const) {
      refused(await trial.as(role).get(`/rates/${id}`), 404);
      refused(await trial.as(role).get(`/rates/${id}`, { version: 1 }), 404);
      const { ids, replies } = await allPages(trial.as(role), "/rates", { modified_since: Math.floor(trial.now() / 1_000) - 60 });
      must(!ids.includes(id), `${role} finds a ${availability} rate table`, replies[0]);
    }
  }
}

async function oldPrice(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("rate");
  accepted(await op1.post("/rates", rateBody(id, lines(line(1, { rateLineType: "flatRate", value: 2.1 })))));
  accepted(await op1.put(`/rates/${id}`, { version: 2, ...lines(line(1, { rateLineType: "flatRate", value: 2.4 })) }));
  for (const [version, value] of [[1, 2.1], [2, 2.4]] as const) {
    const seen = status(await whole(trial.as("sp1"), "/rates", id, { version }), 200);
    equal(at(seen.json, "rateLineCollections.0.rateLines.0.value"), value, `price of version ${version}`, seen);
  }
}

export const TARIFF_ITEMS: readonly Item[] = [
  item(73, "S", "A specification without places or transferable is 400", ["op1"], specNeeds),
  item(74, "S", "A place lists its specifications, and no longer after their deletion", ["op1"], listedAtPlace),
  item(75, "S", "A rate table needs no validityStart, activeTimes or resetTime", ["op1"], sparse),
  item(76, "D", "Sequence 0 is accepted; perUnit and calendar units in a line are 400", ["op1"], lineTypes),
  item(77, "P", "Durations as hh:mm, dd:hh:mm and seconds are read", ["op1"], durations,
    { rest: "that they are the same seconds: src/tariff/read-tariff.test.ts" }),
  item(78, "P", "Every rate table of the vectors comes back with its values", ["op1"], vectorTables),
  notHere(79, "P", "The engine gives the price of each vector",
    "an exchange publishes tariffs and does not price", "src/tariff/vectors.test.ts"),
  item(80, "D", "An ambiguous table of tiers gives a warning that names the mode", ["op1"], ambiguous),
  item(81, "D", "A private rate table is seen by its operator and not by strangers", ["op1", "sp2", "es1"], hidden),
  item(82, "S", "An older version of a rate table stays readable", ["op1", "sp1"], oldPrice),
];
