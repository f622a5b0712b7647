/** Items 83 to 97: sessions and the rights derived from them. */
import { DAY, HOUR, MINUTE, instant, paid, reference, rightBody, seconds, segmentBody, sessionBody } from "../bodies.ts";
import { accepted, equal, idsOf, must, refused, sameSet, status } from "../checks.ts";
import type { Reply } from "../http.ts";
import { type Item, item } from "../item.ts";
import { type Body, at, each, listAt, textAt } from "../json.ts";
import { type Trial, foreignOf, whole } from "../trial.ts";
import { PILOT, pilotOf } from "./shapes.ts";

type Sale = { readonly id: string; readonly plate: string; readonly from: number; readonly to: number; readonly body: Body };

/** A session sold by SP1 at the street; its times are whole seconds. */
async function sell(trial: Trial, segment: Body = {}, minutes = 60): Promise<Sale> {
  const { street } = await trial.world();
  const id = trial.names.id("sale");
  const plate = trial.names.plate();
  const from = Math.floor(trial.now() / 1_000) * 1_000 - MINUTE;
  const body = sessionBody(id, street, plate, from, from + minutes * MINUTE, segment);
  status(await trial.as("sp1").post("/sessions", body), 201);
  return { id, plate, from, to: from + minutes * MINUTE, body };
}

export async function rightsOf(trial: Trial, plate: string, role: "op1" | "sp1" | "sp2" | "es1" = "op1", more: Readonly<Record<string, string | number>> = {}): Promise<Reply> {
  const { street } = await trial.world();
  return status(await trial.as(role).get("/rights/assigned", { place: street, credential_id: plate, expand: "all", ...more }), 200);
}

async function derived(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const sale = await sell(trial);
  const reply = await rightsOf(trial, sale.plate);
  equal(listAt(reply.json, "data").length, 1, "number of rights", reply);
  const right = at(reply.json, "data.0");
  equal(textAt(right, "expiry"), instant(sale.to), "expiry", reply);
  equal(textAt(right, "issuanceTime"), instant(sale.from), "issuanceTime", reply);
  equal(textAt(right, "rightSpecification.id"), streetSpec, "rightSpecification", reply);
  equal(textAt(right, "rightHolder.credentials.0.identifier.id"), sale.plate, "credential of the holder", reply);
}

async function referred(trial: Trial): Promise<void> {
  const sale = await sell(trial);
  const session = status(await whole(trial.as("sp1"), "/sessions", sale.id), 200);
  const right = textAt(session.json, "segments.0.assignedRight.id");
  must(right !== "", "the segment has no assigned right", session);
  sameSet(idsOf(await rightsOf(trial, sale.plate)), [right], "the rights at the place");
}

async function allOrNothing(trial: Trial): Promise<void> {
  const id = trial.names.id("sale");
  const plate = trial.names.plate();
  const now = trial.now();
  const place = trial.names.id("unknown");
  refused(await trial.as("sp1").post("/sessions", sessionBody(id, place, plate, now, now + HOUR)), 400, place);
  refused(await trial.as("sp1").get(`/sessions/${id}`), 404);
  const rights = status(await trial.as("sp1").get("/rights/assigned", { credential_id: plate }), 200);
  sameSet(idsOf(rights), [], "rights of a session that was refused", rights);
}

async function unknownRight(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const right = trial.names.id("unknown");
  const now = trial.now();
  const body = sessionBody(trial.names.id("sale"), street, trial.names.plate(), now, now + HOUR, { assignedRight: reference(right) });
  refused(await trial.as("sp1").post("/sessions", body), 400, right);
}

async function embedded(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const plate = trial.names.plate();
  const right = trial.names.id("right");
  const id = trial.names.id("sale");
  const now = trial.now();
  const assignedRight = rightBody(right, streetSpec, plate, now, now + HOUR);
  status(await trial.as("sp1").post("/sessions", sessionBody(id, street, plate, now, now + HOUR, { assignedRight })), 201);
  status(await trial.as("sp1").get(`/rights/assigned/${right}`), 200);
  sameSet(idsOf(await rightsOf(trial, plate)), [right], "rights of the plate");
}

async function incomplete(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const now = trial.now();
  const body = (): Body => sessionBody(trial.names.id("sale"), street, trial.names.plate(), now, now + HOUR);
  const sp1 = trial.as("sp1");
  refused(await sp1.post("/sessions", { ...body(), identifiedCredentials: [] }), 400);
  refused(await sp1.post("/sessions", { ...body(), segments: [] }), 400);
  refused(await sp1.post("/sessions", sessionBody(trial.names.id("sale"), street, trial.names.plate(), now, now)), 400);
  refused(await sp1.post("/sessions", sessionBody(trial.names.id("sale"), street, trial.names.plate(), now, now - HOUR)), 400);
  refused(await sp1.post("/sessions", sessionBody(trial.names.id("sale"), street, trial.names.plate(), now + 10 * DAY, now + 11 * DAY)), 400);
}

async function extension(trial: Trial): Promise<void> {
  const sale = await sell(trial, { financialTransactions: [paid(2, Date.now(), "TX-1")] });
  const sp1 = trial.as("sp1");
  const end = sale.to + HOUR;
  const [first] = listAt(sale.body, "segments");
  const second = segmentBody(`${sale.id}-s2`, sale.to, end, { financialTransactions: [paid(2, trial.now(), "TX-2")] });
  status(await sp1.put(`/sessions/${sale.id}`, { id: sale.id, version: 2, actualEnd: instant(end), segments: [first, second] }), 200);
  const longer = await rightsOf(trial, sale.plate, "op1", { end_after: seconds(end) - 1 });
  must(listAt(longer.json, "data").length >= 1, "no right reaches the new end", longer);
  status(await sp1.put(`/sessions/${sale.id}`, { id: sale.id, version: 3, segments: [second] }), 200);
  const seen = status(await whole(sp1, "/sessions", sale.id), 200);
  equal(each(listAt(seen.json, "segments"), "id"), [`${sale.id}-s2`], "segments after the first was left out", seen);
}

async function checkOut(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const id = trial.names.id("open");
  const plate = trial.names.plate();
  const from = Math.floor(trial.now() / 1_000) * 1_000 - 30 * MINUTE;
  status(await trial.as("sp1").post("/sessions", sessionBody(id, street, plate, from, null)), 201);
  const running = await rightsOf(trial, plate);
  must(Date.parse(textAt(running.json, "data.0.expiry")) > trial.now(), "the right of an open session has no expiry to come", running);
  const to = from + 25 * MINUTE;
  const change = { id, version: 2, actualEnd: instant(to), segments: [segmentBody(`${id}-s1`, from, to)] };
  status(await trial.as("sp1").put(`/sessions/${id}`, change), 200);
  const ended = await rightsOf(trial, plate);
  equal(textAt(ended.json, "data.0.expiry"), instant(to), "expiry after check-out", ended);
  status(await trial.as("sp1").put(`/sessions/${id}`, change), 200);
  refused(await trial.as("sp1").put(`/sessions/${id}`, { ...change, actualEnd: instant(to - MINUTE), segments: [segmentBody(`${id}-s1`, from, to - MINUTE)] }), 409, id);
}

async function pilotTraffic(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const id = trial.names.id("pilot");
  const plate = trial.names.plate();
  const day = new Date(trial.now()).toISOString().slice(0, 10);
  const session = {
    id, version: null, initiator: null, actualStart: `${day} 00:00:00`, actualEnd: `${day}T 23:59:59Z`,
    hierarchyElement: { id: street, version: 1 }, credentials: [{ type: "licensePlate", identifier: { id: plate, className: null } }],
    segments: [{ id: null, version: null, actualStart: null, actualEnd: null, validationType: [] }],
  };
  status(await pilotOf(trial, "sp1").post(`${PILOT}/sessions`, session), 200);
  const seen = status(await whole(trial.as("sp1"), "/sessions", id), 200);
  equal(at(seen.json, "version"), 1, "version", seen);
  equal(textAt(seen.json, "actualStart"), `${day}T00:00:00Z`, "actualStart", seen);
  equal(textAt(seen.json, "segments.0.actualEnd"), `${day}T23:59:59Z`, "end of the segment", seen);
  must(textAt(seen.json, "segments.0.id") !== "", "the segment has no id", seen);
  equal(at(seen.json, "segments.0.validationType"), ["licensePlate"], "validationType", seen);
}

async function whoSeesWhat(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const sale = await sell(trial, { financialTransactions: [paid(3.2, Date.now(), "TX-3")] });
  const id = idsOf(await rightsOf(trial, sale.plate))[0] ?? "";
  const patrol = await rightsOf(trial, sale.plate, "es1");
  sameSet(idsOf(patrol), [id], "rights the enforcement supplier finds", patrol);
  for (const member of ["payments", "monetaryValue", "totalRightValue", "remainingValue"]) {
    equal(at(patrol.json, `data.0.${member}`), undefined, `${member} as the enforcement supplier sees it`, patrol);
  }
  const session = status(await trial.as("es1").get("/sessions", { place: street, credential_id: sale.plate, expand: "all" }), 200);
  must(!session.text.includes("segmentValue") && !session.text.includes("TX-3"), "the enforcement supplier sees money in a session", session);
  sameSet(idsOf(await rightsOf(trial, sale.plate, "sp2")), [], "rights another provider finds");
  refused(await trial.as("sp2").get(`/rights/assigned/${id}`), 404);
  refused(await trial.as("sp2").get(`/sessions/${sale.id}`), 404);
  refused(await trial.as("sp2").delete(`/sessions/${sale.id}`), 404);
  must(at((await rightsOf(trial, sale.plate, "op1")).json, "data.0.payments") !== undefined, "the operator does not see the payment");
  // SP2 is not connected to OP1, and OP2 not the place's operator.
  const now = trial.now();
  const stranger = rightBody(trial.names.id("right"), streetSpec, trial.names.plate(), now, now + HOUR);
  refused(await trial.as("sp2").post("/rights/assigned", stranger), 403);
  refused(await trial.as("op2").get(`/rights/assigned/${id}`), 404);
  await twoSellers(trial, sale);
  const foreign = foreignOf(await trial.world());
  refused(await trial.as("sp1").post("/sessions", sessionBody(trial.names.id("sale"), foreign.place, trial.names.plate(), now, now + HOUR)), 403);
}

/** Two providers may sell the same car the same hour: the operator sees both, each provider its own. */
async function twoSellers(trial: Trial, { plate, from, to }: Sale): Promise<void> {
  if (trial.fixture.clients.sp3 === undefined) return;
  const { streetSpec } = await trial.world();
  const id = trial.names.id("right");
  accepted(await trial.as("sp3").post("/rights/assigned", rightBody(id, streetSpec, plate, from, to)));
  for (const role of ["op1", "es1"] as const) equal(listAt((await rightsOf(trial, plate, role)).json, "data").length, 2, `rights of two providers as ${role} finds them`);
  refused(await trial.as("sp1").get(`/rights/assigned/${id}`), 404);
}

async function nothingFound(trial: Trial): Promise<void> {
  const reply = await rightsOf(trial, trial.names.plate(), "es1");
  equal(at(reply.json, "data"), [], "data", reply);
  equal(at(reply.json, "meta.total"), 0, "total", reply);
}

async function expired(trial: Trial): Promise<void> {
  const { streetSpec } = await trial.world();
  const plate = trial.names.plate();
  const end = Math.floor(trial.now() / 1_000) * 1_000 - 10 * MINUTE;
  const id = trial.names.id("right");
  accepted(await trial.as("sp1").post("/rights/assigned", rightBody(id, streetSpec, plate, end - HOUR, end)));
  sameSet(idsOf(await rightsOf(trial, plate, "es1", { end_after: seconds(end) - 1 })), [id], "rights with end_after one second before expiry");
  sameSet(idsOf(await rightsOf(trial, plate, "es1", { end_after: seconds(end) })), [], "rights with end_after at expiry");
}

async function visibleAtOnce(trial: Trial): Promise<void> {
  for (let n = 0; n < 20; n++) {
    const sale = await sell(trial);
    const reply = await rightsOf(trial, sale.plate, "es1");
    equal(listAt(reply.json, "data").length, 1, "rights found right after the 201", reply);
  }
}

async function latePost(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  const id = trial.names.id("late");
  const plate = trial.names.plate();
  const now = trial.now();
  status(await trial.as("sp1").post("/sessions", sessionBody(id, street, plate, now - 5 * HOUR, now - 4 * HOUR)), 201);
  const member = trial.fixture.names.receivedAt;
  for (const reply of [await whole(trial.as("op1"), "/sessions", id), await whole(trial.as("sp1"), "/sessions", id)]) {
    const received = Date.parse(textAt(status(reply, 200).json, member));
    must(Math.abs(received - now) < 10 * MINUTE, `${member} is no receipt time near now`, reply);
  }
}

export const SESSION_ITEMS: readonly Item[] = [
  item(83, "S", "A session without a right makes exactly one, from its start to its end", ["op1", "sp1"], derived),
  item(84, "S", "The segment refers to that right, and a look-up finds it", ["op1", "sp1"], referred),
  item(85, "SD", "Session and right are both created or neither", ["op1", "sp1"], allOrNothing,
    { rest: "a server killed between them: item 132" }),
  item(86, "D", "A reference to a right that does not exist is 400 with ids", ["op1", "sp1"], unknownRight),
  item(87, "X", "A right embedded in a segment is created with the session", ["op1", "sp1"], embedded),
  item(88, "S", "No credential, no segment, no length or a start far ahead is 400", ["op1", "sp1"], incomplete),
  item(89, "S", "A second segment moves the expiry; a segment left out is removed", ["op1", "sp1"], extension),
  item(90, "S", "An open session's right expires; check-out sets the expiry", ["op1", "sp1"], checkOut),
  item(91, "LS", "Nulls, blanks in dates and empty lists of the pilot are completed", ["op1", "sp1"], pilotTraffic),
  item(93, "D", "Enforcement sees no money, another provider nothing, the operator all", ["op1", "op2", "sp1", "sp2", "es1"], whoSeesWhat),
  item(94, "P", "A look-up without a right is an empty list", ["op1", "es1"], nothingFound),
  item(95, "P", "An expired right is found before its end and not at its end", ["op1", "sp1", "es1"], expired),
  item(96, "D", "A right is visible to enforcement when its 201 is", ["op1", "sp1", "es1"], visibleAtOnce,
    { rest: "p95 with a million rights: bench/exchange.ts" }),
  item(97, "D", "A late post keeps the time it was received", ["op1", "sp1"], latePost),
];
