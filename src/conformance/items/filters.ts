/** Items 46 and 50 to 61: filters by place, owner, credential and time; modified_since; expand. */
import { DAY, HOUR, MINUTE, credential, instant, placeBody, pointOf, rateBody, reference, rightBody, seconds, sessionBody, specBody, text } from "../bodies.ts";
import { accepted, equal, idsOf, must, sameSet, status } from "../checks.ts";
import { type Caller, type Query, pause } from "../http.ts";
import { type Item, Unseen, item } from "../item.ts";
import { type Body, at, each, isBody, listAt } from "../json.ts";
import { type Trial, allPages, foreignOf, nextSecond } from "../trial.ts";

async function rightFor(trial: Trial, spec: string, plate: string, from: number, to: number, more: Body = {}): Promise<string> {
  const id = trial.names.id("right");
  accepted(await trial.as("sp1").post("/rights/assigned", rightBody(id, spec, plate, from, to, more)));
  return id;
}

/** Ids of the assigned rights that a filter finds. */
async function rights(caller: Caller, query: Query): Promise<readonly string[]> {
  return idsOf(status(await caller.get("/rights/assigned", query), 200));
}

async function byPlace(trial: Trial): Promise<void> {
  const { campus, street, gated, streetSpec, accountSpec } = await trial.world();
  const op1 = trial.as("op1");
  const plate = trial.names.plate();
  const now = trial.now();
  const a = await rightFor(trial, streetSpec, plate, now, now + HOUR);
  const b = await rightFor(trial, accountSpec, plate, now, now + HOUR);
  const of = (place: string) => rights(op1, { credential_id: plate, place });
  sameSet(await of(street), [a], "rights at the street");
  sameSet(await of(`${street},${gated}`), [a, b], "rights at two places");
  sameSet(await of(campus), [a, b], "rights at the places of the campus");
  sameSet(await of(trial.names.id("unknown")), [], "rights at an unknown place");
  const specs = await allPages(op1, "/rights/specs", { place: campus });
  must(specs.ids.includes(streetSpec) && specs.ids.includes(accountSpec), "specifications of the campus's places are missing", specs.replies[0]);
}

async function byOwner(trial: Trial): Promise<void> {
  const world = await trial.world();
  const { organisation } = trial.client("op1");
  if (organisation === undefined) throw new Unseen("the fixture has no organisation for op1");
  const foreign = foreignOf(world);
  const sp1 = trial.as("sp1");
  const places = await allPages(sp1, "/places", { operator: organisation });
  must(places.ids.includes(world.street), "operator does not find its own place", places.replies[0]);
  must(!places.ids.includes(foreign.place), "operator finds another operator's place", places.replies[0]);
  const specs = await allPages(sp1, "/rights/specs", { issuer: organisation });
  must(specs.ids.includes(world.streetSpec), "issuer does not find its own specification", specs.replies[0]);
  must(!specs.ids.includes(foreign.spec), "issuer finds another operator's specification", specs.replies[0]);
  const rates = await allPages(sp1, "/rates", { issuer: organisation });
  must(rates.ids.includes(world.rate), "issuer does not find its own rate table", rates.replies[0]);
  const none = status(await sp1.get("/places", { operator: trial.names.id("nobody") }), 200);
  sameSet(idsOf(none), [], "places of an unknown operator", none);
}

async function plates(trial: Trial): Promise<void> {
  const { streetSpec, street } = await trial.world();
  const plate = trial.names.plate();
  const now = trial.now();
  const id = await rightFor(trial, streetSpec, plate, now, now + HOUR);
  const [head, tail] = [plate.slice(0, 4), plate.slice(4)];
  for (const asked of [plate, `${head.toLowerCase()} ${tail.toLowerCase()}`, `${head}-${tail}`, `${head}${tail.toLowerCase()} `]) {
    for (const role of ["op1", "sp1"] as const) sameSet(await rights(trial.as(role), { place: street, credential_id: asked }), [id], `rights of "${asked}"`);
  }
  sameSet(await rights(trial.as("op1"), { place: street, credential_id: trial.names.plate() }), [], "rights of another plate");
  const other = trial.names.plate();
  const second = await rightFor(trial, streetSpec, `${other.slice(0, 4)} ${other.slice(4).toLowerCase()}`, now, now + HOUR);
  sameSet(await rights(trial.as("op1"), { place: street, credential_id: other }), [second], "rights of a plate that was sent with a blank");
  sameSet(await rights(trial.as("op1"), { place: street, credential_id: `${plate},${other}` }), [id, second], "rights of two plates");
}

async function credentialTypes(trial: Trial): Promise<void> {
  const { streetSpec, street } = await trial.world();
  const now = trial.now();
  const name = trial.names.plate();
  const make = (type: string) => rightFor(trial, streetSpec, name, now, now + HOUR, { rightHolder: { credentials: [credential(name, type)] } });
  const [plate, tag, ticket] = [await make("licensePlate"), await make("rfid"), await make("ticket")];
  const of = (types: string) => rights(trial.as("op1"), { place: street, credential_id: name, credential_type: types });
  sameSet(await of("licensePlate,rfid"), [plate, tag], "rights by plate or tag");
  sameSet(await of("ticket"), [ticket], "rights by ticket");
}

async function boundaries(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const plate = trial.names.plate();
  const from = Math.floor(trial.now() / 1_000) * 1_000 - HOUR;
  const to = from + 2 * HOUR;
  const right = await rightFor(trial, streetSpec, plate, from, to);
  const session = trial.names.id("session");
  accepted(await trial.as("sp1").post("/sessions", sessionBody(session, street, plate, from, to, { assignedRight: reference(right) })));
  const [start, end] = [seconds(from), seconds(to)];
  const cases: readonly (readonly [Query, boolean])[] = [
    [{ start_after: start }, false], [{ start_after: start - 1 }, true], [{ start_before: start }, false], [{ start_before: start + 1 }, true],
    [{ end_after: end }, false], [{ end_after: end - 1 }, true], [{ end_before: end }, false], [{ end_before: end + 1 }, true],
    [{ start_after: start - 1, end_before: end + 1 }, true], [{ start_after: start, end_before: end + 1 }, false],
  ];
  for (const [query, found] of cases) {
    sameSet(await rights(trial.as("op1"), { place: street, credential_id: plate, ...query }), found ? [right] : [], `rights with ${JSON.stringify(query)} of ${start} to ${end}`);
  }
  for (const [query, found] of cases) {
    const { ids } = await allPages(trial.as("sp1"), "/sessions", { place: street, ...query });
    equal(ids.includes(session), found, `session ${start} to ${end} found with ${JSON.stringify(query)}`);
  }
}

async function openEnd(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const plate = trial.names.plate();
  const id = trial.names.id("open");
  accepted(await trial.as("sp1").post("/sessions", sessionBody(id, street, plate, trial.now() - HOUR, null)));
  const find = async (query: Query) => idsOf(status(await trial.as("sp1").get("/sessions", { credential_id: plate, ...query }), 200));
  sameSet(await find({ end_after: seconds(trial.now() + 1_000 * DAY) }), [id], "open sessions with a far end_after");
  sameSet(await find({ end_before: seconds(trial.now() + 1_000 * DAY) }), [], "open sessions with a far end_before");
}

async function validNow(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const plate = trial.names.plate();
  const now = trial.now();
  await rightFor(trial, streetSpec, plate, now - 2 * HOUR, now - MINUTE);
  const running = await rightFor(trial, streetSpec, plate, now - HOUR, now + HOUR);
  await rightFor(trial, streetSpec, plate, now + HOUR, now + 2 * HOUR);
  const at_ = seconds(trial.now());
  sameSet(await rights(trial.as("op1"), { place: street, credential_id: plate, start_before: at_ + 1, end_after: at_ }), [running], "rights valid now");
}

async function nowLiteral(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const plate = trial.names.plate();
  const now = trial.now();
  await rightFor(trial, streetSpec, plate, now - 2 * HOUR, now - MINUTE);
  const running = await rightFor(trial, streetSpec, plate, now - HOUR, now + HOUR);
  const found = await rights(trial.as("op1"), { place: street, credential_id: plate, start_before: "now", end_after: "now" });
  sameSet(found, [running], "rights with start_before=now&end_after=now");
}

async function modifiedSince(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const make = async (hint: string) => {
    const id = trial.names.id(hint);
    accepted(await op1.post("/places", placeBody(id)));
    return id;
  };
  const [untouched, changed, removed] = [await make("untouched"), await make("changed"), await make("removed")];
  const since = await nextSecond(trial);
  accepted(await op1.put(`/places/${changed}`, { description: text("changed") }));
  accepted(await op1.delete(`/places/${removed}`));
  const fresh = await make("fresh");
  const { ids, replies } = await allPages(op1, "/places", { modified_since: since });
  must(ids.includes(changed) && ids.includes(fresh), "modified_since misses a created or updated place", replies[0]);
  must(!ids.includes(untouched), "modified_since gives a place older than the instant", replies[0]);
  must(!ids.includes(removed), "modified_since gives a deleted place as data", replies[0]);
  must(each(listAt(replies[0]?.json, "deletedReferences"), "id").includes(removed), "the deleted place is not in deletedReferences", replies[0]);
  const sameInstant = seconds(trial.now());
  const id = await make("same-second");
  const same = await allPages(op1, "/places", { modified_since: sameInstant });
  must(same.ids.includes(id), "a place created in the second of the instant is missing", same.replies[0]);
}

async function polling(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const start = status(await trial.as("sp1").get("/places", { modified_since: seconds(trial.now()) }), 200);
  let since = Number(at(start.json, "meta.referenceInstant"));
  const seen = new Set<string>();
  const made: string[] = [];
  let writing = true;
  const writer = async (): Promise<void> => {
    for (let n = 0; n < 40; n++) {
      const id = trial.names.id("polled");
      accepted(await op1.post("/places", placeBody(id)));
      made.push(id);
    }
  };
  const poll = async (): Promise<void> => {
    const { ids, replies } = await allPages(trial.as("sp1"), "/places", { modified_since: since });
    for (const id of ids) seen.add(id);
    since = Number(at(replies[0]?.json, "meta.referenceInstant"));
  };
  const reader = async (): Promise<void> => {
    while (writing) {
      await poll();
      await pause(20);
    }
    await poll();
  };
  const reading = reader();
  try {
    await Promise.all([writer(), writer(), writer(), writer()]);
  } finally {
    writing = false;
  }
  await reading;
  sameSet(made.filter((id) => !seen.has(id)), [], "places a poller never saw");
}

type Expansion = readonly [token: string, member: string];
const PLACE_MEMBERS: readonly Expansion[] = [
  ["pointLocation", "indicativePlacePointLocation"], ["characteristics", "characteristics"], ["occupancy", "hierarchyElementReference"],
  ["rightSpecifications", "rightSpecifications"], ["openingTimes", "times"], ["streetAddress", "placeStreetAddress"],
  ["operatingRestrictions", "operatingRestrictions"], ["paymentMethods", "paymentMethods"],
];

async function expands(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const place = trial.names.id("expand");
  const now = trial.now();
  accepted(await op1.post("/places", placeBody(place, {
    indicativePlacePointLocation: pointOf(...trial.names.ocean()), characteristics: { openToPublic: true },
    times: { available24hours: true, openAllYear: true, openingTimesNotSpecified: false, openingTimesUnknown: false },
    placeStreetAddress: { countryCode: "gb", postCode: "M1 1AA" }, operatingRestrictions: [{ operatingRestriction: "noParking" }],
    paymentMethods: [{ paymentMode: ["payAndExit"] }],
    hierarchyElementReference: { elementId: reference(place), supply: [{ supplyQuantity: 10, supplyViewType: "vehicleView" }] },
  })));
  const rate = trial.names.id("rate");
  accepted(await op1.post("/rates", rateBody(rate)));
  const spec = trial.names.id("spec");
  const rateEligibility = [{ id: "e1", version: 1, priority: 1, rateTable: reference(rate) }];
  accepted(await op1.post("/rights/specs", specBody(spec, [place], { rateEligibility })));
  const right = await rightFor(trial, spec, trial.names.plate(), now, now + HOUR, { plannedUses: [{ startTime: instant(now), endTime: instant(now + HOUR) }] });
  const session = trial.names.id("session");
  accepted(await trial.as("sp1").post("/sessions", sessionBody(session, place, trial.names.plate(), now, now + HOUR)));
  await expandOne(op1, "/places", place, PLACE_MEMBERS);
  await expandOne(op1, "/rights/specs", spec, [["rateEligibility", "rateEligibility"], ["validity", "validity"]]);
  await expandOne(op1, "/rates", rate, [["rateLineCollections", "rateLineCollections"]]);
  await expandOne(trial.as("sp1"), "/rights/assigned", right, [["plannedUses", "plannedUses"], ["assignedRightIssuer", "assignedRightIssuer"]]);
  await expandOne(trial.as("sp1"), "/sessions", session, [["credentials", "identifiedCredentials"], ["segments", "segments"]]);
}

async function expandOne(caller: Caller, path: string, id: string, members: readonly Expansion[]): Promise<void> {
  const keys = async (expand: string | null): Promise<readonly string[]> => {
    const reply = status(await caller.get(`${path}/${id}`, expand === null ? {} : { expand }), 200);
    must(isBody(reply.json), "no object", reply);
    return Object.keys(reply.json);
  };
  const bare = await keys(null);
  sameSet(await keys("none"), bare, `members of ${path} with expand=none`);
  for (const [token, member] of members) {
    must(!bare.includes(member), `${path} shows ${member} without expand`);
    sameSet(await keys(token), [...bare, member], `members of ${path} with expand=${token}`);
  }
  const all = await keys("all");
  for (const [, member] of members) must(all.includes(member), `${path} does not show ${member} with expand=all`);
  const [first, second] = members;
  if (first && second) sameSet(await keys(`${first[0]},${second[0]}`), [...bare, first[1], second[1]], `members of ${path} with two tokens`);
}

async function unknownToken(trial: Trial): Promise<void> {
  for (const path of ["/places", "/rights/specs", "/rates", "/rights/assigned", "/sessions"]) {
    status(await trial.as("sp1").get(path, { expand: "everything,geo" }), 200);
  }
}

async function unknownParameter(trial: Trial): Promise<void> {
  for (const path of ["/places", "/rights/specs", "/rates", "/rights/assigned", "/sessions"]) {
    status(await trial.as("sp1").get(path, { colour: "green", "page-size": 5 }), 200);
  }
}

export const FILTER_ITEMS: readonly Item[] = [
  item(46, "D", "place is a union and includes the places below", ["op1", "sp1"], byPlace),
  item(50, "S", "operator and issuer select the owner", ["op1", "op2", "sp1"], byOwner),
  item(51, "D", "A credential is found whatever its blanks, hyphens and case", ["op1", "sp1"], plates),
  item(52, "P", "credential_type restricts", ["op1", "sp1"], credentialTypes),
  item(53, "S", "Start and end filters are strict", ["op1", "sp1"], boundaries),
  item(54, "D", "An open end is after any instant and before none", ["op1", "sp1"], openEnd),
  item(55, "P", "Valid now means started and not ended", ["op1", "sp1"], validNow),
  item(56, "DLP", "The literal now is an instant", ["op1", "sp1"], nowLiteral),
  item(57, "D", "modified_since gives what was created, changed and deleted since, the same second included", ["op1"], modifiedSince),
  item(58, "D", "A client that polls by referenceInstant misses nothing under concurrent writes", ["op1", "sp1"], polling),
  item(59, "S", "Each expand token adds its member and no other", ["op1", "sp1"], expands),
  item(60, "D", "An unknown expand token is ignored", ["sp1"], unknownToken),
  item(61, "S", "An unknown query parameter is ignored", ["sp1"], unknownParameter),
];
