/** Item 92: what real partners send against the letter, and what is made of it. T14, T21 are misprints of the documents. */
import { HOUR, MINUTE, instant, placeBody, rateBody, reference, rightBody, sessionBody, specBody, text, without } from "../bodies.ts";
import { Unmet, accepted, equal, idsOf, must, refused, status } from "../checks.ts";
import { Unseen, type Item, item } from "../item.ts";
import { type Body, at, listAt, textAt } from "../json.ts";
import { type Trial, whole } from "../trial.ts";
import { PILOT, pilotOf } from "./shapes.ts";

type Tolerance = readonly [code: string, what: string, check: (trial: Trial) => Promise<void>];

/** Creates a place with these members and gives it back as the server tells it. */
async function placeWith(trial: Trial, more: Body): Promise<unknown> {
  const id = trial.names.id("tolerated");
  accepted(await trial.as("op1").post("/places", { ...placeBody(id), ...more }));
  return status(await whole(trial.as("op1"), "/places", id), 200).json;
}

async function sessionWith(trial: Trial, change: (body: Body) => Body): Promise<unknown> {
  const { street } = await trial.world();
  const id = trial.names.id("tolerated");
  const from = Math.floor(trial.now() / 1_000) * 1_000;
  accepted(await trial.as("sp1").post("/sessions", change(sessionBody(id, street, trial.names.plate(), from, from + HOUR))));
  return status(await whole(trial.as("sp1"), "/sessions", id), 200).json;
}

async function nameForms(trial: Trial): Promise<void> {
  equal(at(await placeWith(trial, { name: { en: "Piazza", de: "Platz" } }), "name"), [...text("Piazza"), ...text("Platz", "de")], "name from a map");
  equal(at(await placeWith(trial, { name: "Piazza" }), "name"), text("Piazza"), "name from a string");
}

async function points(trial: Trial): Promise<void> {
  const point = { type: "Point", coordinates: [-2.5, 53.5] };
  for (const more of [{ indicativePointLocation: point }, { indicativePlacePointLocation: [{ type: "Feature", geometry: point, properties: {} }] }]) {
    equal(at(await placeWith(trial, more), "indicativePlacePointLocation.0.coordinates"), [-2.5, 53.5], "coordinates");
  }
}

async function occupancyForm(trial: Trial): Promise<void> {
  const id = trial.names.id("tolerated");
  accepted(await trial.as("op1").post("/places", placeBody(id)));
  const occupancy = { supply: { supplyQuantity: 49, supplyViewType: "vehicleView" }, demand: { count: 20, recordDateTime: instant(trial.now()) } };
  accepted(await trial.as("op1").patch(`/places/${id}`, { occupancy }));
  const seen = status(await whole(trial.as("op1"), "/places", id), 200);
  equal(at(seen.json, "hierarchyElementReference.supply.0.supplyQuantity"), 49, "supplyQuantity", seen);
  equal(at(seen.json, "hierarchyElementReference.demandTable.0.demandType.0.count"), 20, "count", seen);
}

async function parentAlias(trial: Trial): Promise<void> {
  const { campus } = await trial.world();
  equal(textAt(await placeWith(trial, { parent: reference(campus) }), "parentId.id"), campus, "parentId");
}

async function locationCode(trial: Trial): Promise<void> {
  const code = String(100_000 + (trial.now() % 899_999));
  const id = trial.names.id("coded");
  accepted(await trial.as("op1").post("/places", placeBody(id, { operatorDefinedReference: reference(code) })));
  equal(textAt(status(await trial.as("sp1").get(`/places/${code}`), 200).json, "id"), id, "id behind a location code");
}

async function dates(trial: Trial): Promise<void> {
  const day = new Date(trial.now()).toISOString().slice(0, 10);
  const forms: readonly (readonly [string, string])[] = [
    [`${day} 00:00:01`, `${day}T00:00:01Z`], [`${day}T 00:00:02Z`, `${day}T00:00:02Z`], [`${day}T00:01Z`, `${day}T00:01:00Z`],
    [day, `${day}T00:00:00Z`], [`${day}T02:00:00+01:00`, `${day}T01:00:00Z`],
  ];
  for (const [sent, stored] of forms) {
    const seen = await sessionWith(trial, (body) => ({
      ...body, actualStart: sent, segments: listAt(body, "segments").map((one) => ({ ...(one as Body), actualStart: sent })),
    }));
    equal(textAt(seen, "actualStart"), stored, `"${sent}"`);
  }
  const { street } = await trial.world();
  const bad = { ...sessionBody(trial.names.id("bad"), street, trial.names.plate(), trial.now(), null), actualStart: "yesterday" };
  refused(await trial.as("sp1").post("/sessions", bad), 400);
}

async function durationForms(trial: Trial): Promise<void> {
  const withPeriod = async (incrementPeriod: string, wanted: number): Promise<void> => {
    const rateLines = [{ id: "l1", version: 1, sequence: 1, rateLineType: "incrementingRate", value: 1, incrementPeriod }];
    const reply = await trial.as("op1").post("/rates", rateBody(trial.names.id("tolerated"), { rateLineCollections: [{ applicableCurrency: "GBP", rateLines }] }));
    must(wanted === 400 ? reply.status === 400 : reply.status < 300, `incrementPeriod ${incrementPeriod} was answered with ${reply.status}`, reply);
  };
  await withPeriod("P3599S", 200);
  await withPeriod("PTM3M", 400);
  await withPeriod("P15M", 400);
}

async function rateAlias(trial: Trial): Promise<void> {
  const { street, rate } = await trial.world();
  const id = trial.names.id("tolerated");
  accepted(await trial.as("op1").post("/rights/specs", specBody(id, [street], { type: "waiting", rateEligibility: [{ id: "e", version: 1, rate: reference(rate) }] })));
  const seen = status(await whole(trial.as("op1"), "/rights/specs", id), 200);
  equal(textAt(seen.json, "rateEligibility.0.rateTable.id"), rate, "rateTable", seen);
}

async function sequences(trial: Trial): Promise<void> {
  const of = (numbers: readonly number[]) => rateBody(trial.names.id("tolerated"), { rateLineCollections: [{
    applicableCurrency: "GBP",
    rateLines: numbers.map((sequence, n) => ({ id: `l${n}`, version: 1, sequence, rateLineType: "incrementingRate", value: n + 1, incrementPeriod: "PT1H", usageCondition: "once" })),
  }] });
  accepted(await trial.as("op1").post("/rates", of([0, 1, 2])));
  accepted(await trial.as("op1").post("/rates", of([1, 2, 2, 2, 2, 2, 2])));
}

async function ownersAsText(trial: Trial): Promise<void> {
  const seen = await sessionWith(trial, (body) => ({ ...body, initiator: "somebody" }));
  must(textAt(seen, "initiator.id") !== "" && textAt(seen, "initiator.id") !== "somebody", "initiator came from the body");
  accepted(await trial.as("op1").post("/rates", rateBody(trial.names.id("tolerated"), { rateResponsibleParty: "Some City Council" })));
}

async function validities(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const period = { startOfPeriod: "2026-01-01T00:00:00Z", recurringDayWeekMonthPeriod: { applicableDay: ["monday"] } };
  for (const validity of [{ validityStatus: "active" }, { validityStatus: "definedByValidityTimeSpec", validPeriods: [period] }]) {
    accepted(await trial.as("op1").post("/rights/specs", specBody(trial.names.id("tolerated"), [street], { type: "waiting", validity })));
  }
}

async function credentialsAlias(trial: Trial): Promise<void> {
  const seen = await sessionWith(trial, (body) => ({ ...without(body, "identifiedCredentials"), credentials: body["identifiedCredentials"] }));
  equal(listAt(seen, "identifiedCredentials").length, 1, "number of identifiedCredentials");
}

async function majorUnits(trial: Trial): Promise<void> {
  const financialTransactions = [{ segmentValue: 450, taxIncluded: true, serviceProvider: text("Provider"), dateCollected: instant(trial.now()) }];
  const seen = await sessionWith(trial, (body) => ({
    ...body, segments: listAt(body, "segments").map((one) => ({ ...(one as Body), financialTransactions })),
  }));
  equal(at(seen, "segments.0.financialTransactions.0.segmentValue"), 450, "segmentValue");
}

async function queryAliases(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const plate = trial.names.plate();
  const now = trial.now();
  const id = trial.names.id("tolerated");
  accepted(await trial.as("sp1").post("/rights/assigned", rightBody(id, streetSpec, plate, now - MINUTE, now + HOUR)));
  for (const query of [{ identifier_id: plate }, { credential_id: plate, start_before: "now", end_after: "now" }, { credential_id: plate, end_after: instant(now) }]) {
    const reply = status(await trial.as("op1").get("/rights/assigned", { place: street, ...query }), 200);
    equal(idsOf(reply), [id], `rights with ${JSON.stringify(query)}`, reply);
  }
  refused(await trial.as("op1").get(`/rights/assigned/place=${street}&identifier_id=${plate}`), 404);
}

async function pilotVerbs(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const pilot = pilotOf(trial, "sp1");
  status(await pilot.get(`${PILOT}/places`, { location_type: "off_street", expand: "geo,opening_times" }), 200);
  status(await pilot.get(`${PILOT}/rights/${streetSpec}`), 200);
  const id = trial.names.id("tolerated");
  const body = sessionBody(id, street, trial.names.plate(), trial.now() - HOUR, null);
  status(await pilot.post(`${PILOT}/sessions`, body), 200);
  // The pilot repeats version 1 with every change.
  const to = trial.now();
  const ended = { ...sessionBody(id, street, "ignored", trial.now() - HOUR, to), identifiedCredentials: body["identifiedCredentials"], actualStart: body["actualStart"] };
  const segments = listAt(ended, "segments").map((one) => ({ ...(one as Body), actualStart: body["actualStart"] }));
  status(await pilot.put(`${PILOT}/sessions`, { ...ended, segments }), 200);
  equal(textAt((await whole(trial.as("sp1"), "/sessions", id)).json, "actualEnd"), instant(to), "actualEnd after PUT without id");
}

async function references(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const now = trial.now();
  const id = trial.names.id("tolerated");
  const rightSpecification = { ...specBody(streetSpec, ["elsewhere"]), description: text("embedded") };
  const assignedRightIssuer = { id: "somebody", className: "DigitalServiceProvider" };
  accepted(await trial.as("sp1").post("/rights/assigned", rightBody(id, streetSpec, trial.names.plate(), now, now + HOUR, { rightSpecification, assignedRightIssuer })));
  const seen = status(await whole(trial.as("sp1"), "/rights/assigned", id), 200);
  equal(textAt(seen.json, "rightSpecification.id"), streetSpec, "rightSpecification", seen);
  equal(at(seen.json, "rightSpecification.description"), undefined, "the embedded specification", seen);
}

async function contactForms(trial: Trial): Promise<void> {
  const seen = await placeWith(trial, {
    contacts: [{ id: "c1", version: 1, organisationName: text("Office") }],
    placeStreetAddress: { countryCode: "GB", city: "Manchester", addressLines: [{ order: 1, type: "street", text: "Deansgate 1" }] },
  });
  equal(at(seen, "placeStreetAddress.countryCode"), "gb", "countryCode");
  equal(at(seen, "placeStreetAddress.addressLines.0.text"), text("Deansgate 1"), "text of an address line");
  equal(at(seen, "contacts.0.contactType"), "contactPoint", "contactType");
}

async function nulls(trial: Trial): Promise<void> {
  const seen = await placeWith(trial, { description: null, characteristics: null });
  equal(at(seen, "description"), undefined, "a member sent as null");
  refused(await trial.as("op1").send("POST", "/places", { raw: JSON.stringify(placeBody(trial.names.id("comma"))).replace(/\}$/, ",}") }), 400);
  accepted(await trial.as("op1").post("/places", placeBody(trial.names.id("extra"), { "x-note": "kept", other: 1 })));
}

const TOLERANCES: readonly Tolerance[] = [
  ["T1-T4, T27, DEC-10", "pilot prefix, its routes, its verbs, its versions", pilotVerbs],
  ["T5", "texts as maps and strings", nameForms],
  ["T6", "parkingPlace for place", async (trial) => equal(textAt(await placeWith(trial, { type: "parkingPlace" }), "type"), "place", "type")],
  ["T7", "points bare, in a list, in a Feature", points],
  ["T8", "occupancy with supply and demand", occupancyForm],
  ["T9", "parent for parentId", parentAlias],
  ["T10", "a location code for an id", locationCode],
  ["T11", "dates with blanks, without zone, seconds or time", dates],
  ["T12", "durations P3599S, PTM3M, P15M", durationForms],
  ["T13", "rate for rateTable", rateAlias],
  ["T15", "sequence 0 and repeated sequences", sequences],
  ["T16", "owners as text", ownersAsText],
  ["T17", "validity of other shapes", validities],
  ["T18", "credentials for identifiedCredentials", credentialsAlias],
  ["T19, T20", "money in segments, in major units", majorUnits],
  ["T22-T25", "identifier_id, now, instants in queries; no look-up in the path", queryAliases],
  ["T28, T29", "issuer without version, specification embedded", references],
  ["T30", "contacts without type, text lines, upper-case countries", contactForms],
  ["T31, T33, T34", "trailing commas refused, nulls absent, unknown members ignored", nulls],
];

async function tolerances(trial: Trial): Promise<void> {
  const failed: string[] = [];
  let first: Unmet | null = null;
  for (const [code, what, check] of TOLERANCES) {
    try {
      await check(trial);
    } catch (error) {
      if (error instanceof Unseen) continue;
      if (!(error instanceof Unmet)) throw error;
      first ??= error;
      failed.push(`${code} (${what}): ${error.message}`);
    }
  }
  if (failed.length > 0) throw new Unmet(failed.join("; "), first?.trace ?? null);
}

export const TOLERATED_ITEMS: readonly Item[] = [
  item(92, "L", "Each deviation that real partners show is understood", ["op1", "sp1"], tolerances,
    { rest: "T26, the pilot's notifications by PUT, with the webhooks; T32 is item 91" }),
];
