/** Items 22 to 40: identity, versions, repeats, deletion; each over all five resources where it holds of all. */
import { HOUR, MINUTE, placeBody, rateBody, reference, rightBody, sessionBody, specBody, text } from "../bodies.ts";
import { accepted, equal, must, refused, sameSet, status } from "../checks.ts";
import type { Reply } from "../http.ts";
import { type Item, item } from "../item.ts";
import { type Body, at, contains, each, listAt, textAt } from "../json.ts";
import { KINDS, type Kind } from "../kinds.ts";
import { type Trial, nextSecond, whole } from "../trial.ts";

const CROWD = 20;

type Made = { readonly id: string; readonly body: Body; readonly reply: Reply; readonly item: string };

async function make(trial: Trial, kind: Kind): Promise<Made> {
  const id = trial.names.id(kind.path.slice(1).replace("/", "-"));
  const body = await kind.body(trial, id);
  const reply = accepted(await trial.as(kind.role).post(kind.path, body));
  return { id, body, reply, item: `${kind.path}/${id}` };
}

const ofEach = (check: (trial: Trial, kind: Kind, made: Made) => Promise<void>) => async (trial: Trial): Promise<void> => {
  for (const kind of KINDS) await check(trial, kind, await make(trial, kind));
};

/** The members of a change are in the object, whatever it carries besides. */
async function isNow(trial: Trial, kind: Kind, made: Made, change: Body, version: number): Promise<void> {
  const reply = status(await whole(trial.as(kind.role), kind.path, made.id), 200);
  equal(at(reply.json, "version"), version, "version", reply);
  for (const member of Object.keys(change).filter((name) => name !== "segments")) {
    must(contains(at(reply.json, member), change[member]), `${member} is not what was sent`, reply);
  }
}

const repeatPost = ofEach(async (trial, kind, made) => {
  const again = await trial.as(kind.role).post(kind.path, made.body);
  status(again, made.reply.status);
  equal(at((await whole(trial.as(kind.role), kind.path, made.id)).json, "version"), 1, "version after a repeat", again);
});

const otherBody = ofEach(async (trial, kind, made) => {
  refused(await trial.as(kind.role).post(kind.path, { ...made.body, ...kind.change(made.body, 7) }), 409, made.id);
});

async function crowdOfOne(trial: Trial): Promise<void> {
  for (const kind of KINDS) {
    const id = trial.names.id("crowd");
    const body = await kind.body(trial, id);
    const replies = await Promise.all(Array.from({ length: CROWD }, () => trial.as(kind.role).post(kind.path, body)));
    for (const reply of replies) accepted(reply);
    equal(at((await whole(trial.as(kind.role), kind.path, id)).json, "version"), 1, `version of ${id}`);
  }
}

async function crowdOfMany(trial: Trial): Promise<void> {
  for (const kind of KINDS) {
    const id = trial.names.id("crowd");
    const body = await kind.body(trial, id);
    const replies = await Promise.all(Array.from({ length: CROWD }, (_, n) => trial.as(kind.role).post(kind.path, { ...body, ...kind.change(body, n + 1) })));
    oneWon(replies, id);
  }
}

function oneWon(replies: readonly Reply[], id: string): void {
  const won = replies.filter((reply) => reply.status < 300);
  const odd = replies.find((reply) => reply.status >= 300 && reply.status !== 409);
  must(!odd, `one of ${replies.length} was answered with ${odd?.status}`, odd);
  must(won.length === 1, `${won.length} of ${replies.length} different writes of ${id} succeeded`, won[0] ?? replies[0]);
}

const nextVersion = ofEach(async (trial, kind, made) => {
  const change = kind.change(made.body, 1);
  status(await trial.as(kind.role).put(made.item, { id: made.id, version: 2, ...change }), 200);
  await isNow(trial, kind, made, change, 2);
});

const staleVersion = ofEach(async (trial, kind, made) => {
  const change = kind.change(made.body, 1);
  accepted(await trial.as(kind.role).put(made.item, { id: made.id, version: 2, ...change }));
  refused(await trial.as(kind.role).put(made.item, { id: made.id, version: 1, ...kind.change(made.body, 2) }), 409, made.id);
  await isNow(trial, kind, made, change, 2);
});

async function sameContent(trial: Trial): Promise<void> {
  const mades: (readonly [Kind, Made])[] = [];
  for (const kind of KINDS) mades.push([kind, await make(trial, kind)]);
  const since = await nextSecond(trial);
  for (const [kind, made] of mades) {
    status(await trial.as(kind.role).put(made.item, made.body), 200);
    equal(at((await whole(trial.as(kind.role), kind.path, made.id)).json, "version"), 1, "version after a PUT without change");
    const list = accepted(await trial.as(kind.role).get(kind.path, { modified_since: since }));
    must(!each(listAt(list.json, "data"), "id").includes(made.id), `${made.id} counts as modified after a PUT without change`, list);
  }
}

const sameVersion = ofEach(async (trial, kind, made) => {
  refused(await trial.as(kind.role).put(made.item, { id: made.id, version: 1, ...kind.change(made.body, 3) }), 409, made.id);
});

const noVersion = ofEach(async (trial, kind, made) => {
  const change = kind.change(made.body, 4);
  status(await trial.as(kind.role).put(made.item, change), 200);
  await isNow(trial, kind, made, change, 2);
});

const oldVersions = ofEach(async (trial, kind, made) => {
  const caller = trial.as(kind.role);
  const first = status(await whole(caller, kind.path, made.id), 200);
  for (const n of [1, 2, 3]) accepted(await caller.put(made.item, { id: made.id, version: n + 1, ...kind.change(made.body, n) }));
  const original = status(await whole(caller, kind.path, made.id, { version: 1 }), 200);
  for (const member of Object.keys(kind.change(made.body, 1))) {
    equal(at(original.json, member), at(first.json, member), `${member} of version 1`, original);
  }
  refused(await caller.get(made.item, { version: 99 }), 404);
  for (const bad of [0, -1, "abc", 1.5]) refused(await caller.get(made.item, { version: bad }), 400);
});

const race = ofEach(async (trial, kind, made) => {
  const replies = await Promise.all(Array.from({ length: 10 }, (_, n) =>
    trial.as(kind.role).put(made.item, { id: made.id, version: 2, ...kind.change(made.body, n + 1) })));
  oneWon(replies, made.id);
});

async function partial(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("place");
  accepted(await op1.post("/places", placeBody(id, { description: text("kept"), aliases: [text("one"), text("two")] })));
  accepted(await op1.put(`/places/${id}`, { name: text("Renamed") }));
  const renamed = await whole(op1, "/places", id);
  equal(textAt(renamed.json, "name.0.string"), "Renamed", "name", renamed);
  equal(textAt(renamed.json, "description.0.string"), "kept", "an attribute that was not sent", renamed);
  accepted(await op1.put(`/places/${id}`, { description: null, aliases: [text("three")] }));
  const cut = await whole(op1, "/places", id);
  equal(at(cut.json, "description"), undefined, "an attribute set to null", cut);
  equal(listAt(cut.json, "aliases").length, 1, "length of a replaced array", cut);
  refused(await op1.put(`/places/${id}`, { name: null }), 400);
}

async function putUnknown(trial: Trial): Promise<void> {
  for (const kind of KINDS) {
    const id = trial.names.id("unknown");
    const reply = await trial.as(kind.role).put(`${kind.path}/${id}`, await kind.body(trial, id));
    if (kind.path === "/rights/assigned") status(reply, 201);
    else refused(reply, 404);
  }
}

const otherId = ofEach(async (trial, kind, made) => {
  refused(await trial.as(kind.role).put(made.item, { ...made.body, id: `${made.id}-other` }), 400);
});

async function deletion(trial: Trial): Promise<void> {
  for (const kind of KINDS) {
    const caller = trial.as(kind.role);
    const since = Math.floor(trial.now() / 1_000) - 60;
    const made = await make(trial, kind);
    status(await caller.delete(made.item), 200);
    refused(await caller.get(made.item), 404);
    refused(await caller.delete(made.item), 404);
    const list = accepted(await caller.get(kind.path, { modified_since: since }));
    const found = listAt(list.json, "deletedReferences").find((one) => at(one, "id") === made.id);
    must(found, `deletedReferences does not name ${made.id}`, list);
    must(kind.className.test(textAt(found, "className")), `className is ${textAt(found, "className")}`, list);
    must(textAt(found, "deleteTimestamp").endsWith("Z"), "no deleteTimestamp", list);
    refused(await caller.post(kind.path, made.body), 409, made.id);
  }
}

const staleDelete = ofEach(async (trial, kind, made) => {
  const caller = trial.as(kind.role);
  accepted(await caller.put(made.item, { id: made.id, version: 2, ...kind.change(made.body, 1) }));
  refused(await caller.delete(made.item, { version: 1 }), 409, made.id);
  status(await caller.get(made.item), 200);
  status(await caller.delete(made.item, { version: 2 }), 200);
});

async function reuse(trial: Trial): Promise<void> {
  for (const kind of KINDS) {
    const made = await make(trial, kind);
    accepted(await trial.as(kind.role).delete(made.item));
    refused(await trial.as(kind.role).post(kind.path, { ...made.body, ...kind.change(made.body, 5) }), 409, made.id);
  }
}

async function oddIds(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const base = trial.names.id("odd");
  const ids = [`${base}/slash/`, `${base} blank `, `${base}-ü漢🅿`, `${base}?a=b&c#d%41+`, `${base}..%2e`, base.padEnd(255, "x")];
  for (const id of ids) {
    status(await op1.post("/places", placeBody(id)), 201);
    const reply = status(await whole(op1, "/places", id), 200);
    equal(at(reply.json, "id"), id, "id", reply);
  }
  refused(await op1.post("/places", placeBody(base.padEnd(256, "x"))), 400);
  refused(await op1.post("/places", placeBody("")), 400);
}

async function readOnly(trial: Trial): Promise<void> {
  const { street, streetSpec } = await trial.world();
  const [op1, sp1] = [trial.as("op1"), trial.as("sp1")];
  const bogus = { id: "somebody-else", version: 1, className: "Organisation" };
  const now = trial.now();
  const place = trial.names.id("place");
  accepted(await op1.post("/places", placeBody(place, {
    childIds: [reference("bogus")], rightSpecifications: [reference("bogus")], hierarchyElementRecord: { creationTime: "1999-01-01T00:00:00Z", creator: "x" },
  })));
  const seen = await whole(op1, "/places", place);
  sameSet(listAt(seen.json, "childIds"), [], "childIds", seen);
  sameSet(listAt(seen.json, "rightSpecifications"), [], "rightSpecifications", seen);
  must(textAt(seen.json, "hierarchyElementRecord.creationTime") !== "1999-01-01T00:00:00Z", "creationTime came from the client", seen);
  const spec = trial.names.id("spec");
  accepted(await op1.post("/rights/specs", specBody(spec, [street], { issuer: bogus })));
  const rate = trial.names.id("rate");
  accepted(await op1.post("/rates", rateBody(rate, { rateResponsibleParty: bogus })));
  const right = trial.names.id("right");
  accepted(await sp1.post("/rights/assigned", rightBody(right, streetSpec, trial.names.plate(), now, now + HOUR, { assignedRightIssuer: bogus })));
  const session = trial.names.id("session");
  accepted(await sp1.post("/sessions", { ...sessionBody(session, street, trial.names.plate(), now - MINUTE, now), initiator: bogus }));
  const owners = [["op1", "/rights/specs", spec, "issuer"], ["op1", "/rates", rate, "rateResponsibleParty"],
    ["sp1", "/rights/assigned", right, "assignedRightIssuer"], ["sp1", "/sessions", session, "initiator"]] as const;
  for (const [role, path, id, member] of owners) {
    const reply = await whole(trial.as(role), path, id);
    const owner = textAt(reply.json, `${member}.id`);
    must(owner !== "" && owner !== bogus.id, `${member} is ${owner || "missing"}`, reply);
    const { organisation } = trial.client(role);
    if (organisation !== undefined) equal(owner, organisation, `${member}.id`, reply);
  }
}

export const IDENTITY_ITEMS: readonly Item[] = [
  item(22, "SD", "The same POST twice is the same success and one object", ["op1", "sp1"], repeatPost),
  item(23, "S", "A POST with a known id and another body is 409 with ids", ["op1", "sp1"], otherBody),
  item(24, "SD", "Twenty identical POSTs at once make one object and no server error", ["op1", "sp1"], crowdOfOne),
  item(25, "SD", "Of twenty different POSTs of one id at once one wins, the rest are 409", ["op1", "sp1"], crowdOfMany),
  item(26, "S", "A PUT of the next version is stored", ["op1", "sp1"], nextVersion),
  item(27, "S", "A PUT of an older version is 409 and changes nothing", ["op1", "sp1"], staleVersion),
  item(28, "D", "A PUT without change is 200 and no new version", ["op1", "sp1"], sameContent),
  item(29, "DL", "A PUT of the same version with another content is 409", ["op1", "sp1"], sameVersion, { rest: "200 under the pilot prefix: item 92" }),
  item(30, "D", "A PUT without version is stored as the next one", ["op1", "sp1"], noVersion),
  item(31, "S", "Older versions stay readable; an unknown one is 404, a malformed one 400", ["op1", "sp1"], oldVersions),
  item(32, "SD", "Of PUTs of one version at once exactly one wins", ["op1", "sp1"], race),
  item(33, "SD", "A PUT merges: absent survives, null removes, an array is replaced", ["op1"], partial),
  item(34, "S", "A PUT of an unknown id is 404; an assigned right is created", ["op1", "sp1"], putUnknown),
  item(35, "D", "An id in the body that is not the id in the path is 400", ["op1", "sp1"], otherId),
  item(36, "S", "DELETE is 200, then 404, and listed in deletedReferences", ["op1", "sp1"], deletion),
  item(37, "S", "A DELETE of an older version is 409", ["op1", "sp1"], staleDelete),
  item(38, "D", "The id of a deleted object is not used again", ["op1", "sp1"], reuse),
  item(39, "P", "Ids with slashes, blanks, other scripts and 255 characters survive", ["op1"], oddIds),
  item(40, "DS", "Read-only members are taken from the token, not from the body", ["op1", "sp1"], readOnly),
];
