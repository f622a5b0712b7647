/** Items 41 to 49: envelope, paging, and filters of places. */
import { pointOf, placeBody, reference, text } from "../bodies.ts";
import { accepted, equal, idsOf, must, refused, sameSet, status } from "../checks.ts";
import { type Item, item } from "../item.ts";
import { type Body, at, listAt } from "../json.ts";
import { type Trial, allPages } from "../trial.ts";

const LISTS = ["/places", "/rights/specs", "/rates", "/rights/assigned", "/sessions"] as const;
/** Metres of one degree along a meridian of the sphere with the mean radius. */
const DEGREE_M = 111_195;

async function envelope(trial: Trial): Promise<void> {
  for (const path of LISTS) status(await trial.as("sp1").get(path), 200);
  trial.transport.watch.demand("envelope");
}

async function paging(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const [latitude, longitude] = trial.names.ocean();
  const ids = Array.from({ length: 250 }, () => trial.names.id("page"));
  for (let from = 0; from < ids.length; from += 10) {
    await Promise.all(ids.slice(from, from + 10).map(async (id) =>
      accepted(await op1.post("/places", placeBody(id, { indicativePlacePointLocation: pointOf(latitude, longitude) })))));
  }
  const { replies, ids: found } = await allPages(trial.as("sp1"), "/places", { latitude, longitude, radius: 100 });
  must(new Set(found).size === found.length, "a place is on two pages", replies.at(-1));
  sameSet(found, ids, "the places of all pages", replies[0]);
  for (const reply of replies) equal(at(reply.json, "meta.total"), 250, "total", reply);
}

async function pageNumbers(trial: Trial): Promise<void> {
  for (const path of LISTS) {
    for (const page of [0, -1, "abc", 1.5]) refused(await trial.as("sp1").get(path, { page }), 400);
    const beyond = status(await trial.as("sp1").get(path, { page: 1_000_000 }), 200);
    equal(listAt(beyond.json, "data"), [], "data beyond the end", beyond);
  }
}

async function radius(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const [latitude, longitude] = trial.names.ocean();
  const at_ = async (metres: number): Promise<string> => {
    const id = trial.names.id("near");
    accepted(await op1.post("/places", placeBody(id, { indicativePlacePointLocation: pointOf(latitude + metres / DEGREE_M, longitude) })));
    return id;
  };
  const inside = await at_(999);
  const outside = await at_(1_001);
  const reply = status(await op1.get("/places", { latitude, longitude, radius: 1_000 }), 200);
  sameSet(idsOf(reply), [inside], `places within 1,000 m (not ${outside})`, reply);
  const all: Readonly<Record<string, number>> = { latitude, longitude, radius: 1_000 };
  for (const path of LISTS) {
    for (const left of Object.keys(all)) {
      refused(await op1.get(path, Object.fromEntries(Object.entries(all).filter(([name]) => name !== left))), 400);
    }
    refused(await op1.get(path, { ...all, latitude: "north" }), 400);
  }
}

async function edges(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const [latitude, longitude] = trial.names.ocean();
  const id = trial.names.id("exact");
  accepted(await op1.post("/places", placeBody(id, { indicativePlacePointLocation: pointOf(latitude, longitude) })));
  accepted(await op1.post("/places", placeBody(trial.names.id("off"), { indicativePlacePointLocation: pointOf(latitude + 0.0001, longitude) })));
  const exact = status(await op1.get("/places", { latitude, longitude, radius: 0 }), 200);
  sameSet(idsOf(exact), [id], "places at radius 0", exact);
  for (const [lat, lon] of [[0, 180], [0, -180], [90, 0], [-90, 0], [90, 180]] as const) {
    status(await op1.get("/places", { latitude: lat, longitude: lon, radius: 50_000 }), 200);
  }
  const west = trial.names.id("dateline");
  accepted(await op1.post("/places", placeBody(west, { indicativePlacePointLocation: pointOf(latitude, -179.9999) })));
  const across = status(await op1.get("/places", { latitude, longitude: 179.9999, radius: 1_000 }), 200);
  must(idsOf(across).includes(west), "a place across the date line is not near", across);
}

async function types(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const [latitude, longitude] = trial.names.ocean();
  const near = { latitude, longitude, radius: 500 };
  const make = async (characteristics: Body): Promise<string> => {
    const id = trial.names.id("built");
    accepted(await op1.post("/places", placeBody(id, { indicativePlacePointLocation: pointOf(latitude, longitude), characteristics })));
    return id;
  };
  const deck = await make({ structureType: "offStreetStructure", structureGrade: "aboveGround" });
  const cellar = await make({ structureType: "offStreetStructure", structureGrade: "underground" });
  const kerb = await make({ structureType: "onStreet", structureGrade: "groundLevel" });
  const cases: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[] = [
    [{ structure_type: "onStreet" }, [kerb]],
    [{ structure_type: "onStreet,offStreetStructure" }, [deck, cellar, kerb]],
    [{ structure_type: "offStreetStructure", structure_grade: "underground,groundLevel" }, [cellar]],
    [{ structure_type: "offStreetSurface" }, []],
    [{ type: "place", structure_grade: "aboveGround" }, [deck]],
    [{ type: "campus" }, []],
    [{ type: "campus,place" }, [deck, cellar, kerb]],
  ];
  for (const [filter, wanted] of cases) {
    const reply = status(await op1.get("/places", { ...near, ...filter }), 200);
    sameSet(idsOf(reply), wanted, `places with ${JSON.stringify(filter)}`, reply);
  }
  const { street, streetSpec } = await trial.world();
  const reply = await allPages(op1, "/places", { right_type: "oneTimeUseParking,waiting" });
  must(reply.ids.includes(street), `right_type does not find ${street}, which ${streetSpec} covers`, reply.replies[0]);
  const none = await allPages(op1, "/places", { right_type: "setdownPickup" });
  must(!none.ids.includes(street), "right_type finds a place without such a specification", none.replies[0]);
  const unknown = await op1.get("/places", { type: "spaceship" });
  must(unknown.status === 400 || (unknown.status === 200 && idsOf(unknown).length === 0), "a type that does not exist is neither 400 nor nothing", unknown);
}

async function name(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const word = trial.names.id("Straße");
  const id = trial.names.id("named");
  accepted(await op1.post("/places", placeBody(id, { name: [...text("Castle Street"), ...text(word, "de")] })));
  for (const asked of [word, word.toUpperCase().replace("STRASSE", "STRAßE"), word.toLowerCase()]) {
    const reply = status(await op1.get("/places", { name: asked }), 200);
    sameSet(idsOf(reply), [id], `places named ${asked}`, reply);
  }
}

async function layer(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const word = trial.names.id("layers");
  const named = (layer_: number, parent: string | null): Body => ({
    layer: layer_, name: text(word), ...(parent === null ? {} : { parentId: reference(parent) }),
  });
  const [top, middle, bottom] = [trial.names.id("l0"), trial.names.id("l1"), trial.names.id("l2")];
  accepted(await op1.post("/places", placeBody(top, { type: "campus", ...named(0, null) })));
  accepted(await op1.post("/places", placeBody(middle, named(1, top))));
  accepted(await op1.post("/places", placeBody(bottom, { type: "identifiedArea", ...named(2, middle) })));
  for (const [deepest, wanted] of [[0, [top]], [1, [top, middle]], [2, [top, middle, bottom]]] as const) {
    const reply = status(await op1.get("/places", { layer: deepest, name: word }), 200);
    sameSet(idsOf(reply), wanted, `places to layer ${deepest}`, reply);
  }
}

export const LIST_ITEMS: readonly Item[] = [
  item(41, "S", "Every list has meta with four integers and data", ["sp1"], envelope, { last: true }),
  item(42, "S", "250 places come back over all pages, none twice, with one total", ["op1", "sp1"], paging),
  item(43, "SD", "A page below 1 is 400; one beyond the end is empty", ["sp1"], pageNumbers),
  item(44, "S", "Latitude, longitude and radius select together or are 400", ["op1"], radius),
  item(45, "S", "Radius 0, the date line and the poles are ordinary places", ["op1"], edges),
  item(47, "S", "Comma lists of types are OR inside and AND between", ["op1"], types),
  item(48, "S", "name matches in any language, whatever the case", ["op1"], name),
  item(49, "S", "layer gives that layer and those above", ["op1"], layer),
];
