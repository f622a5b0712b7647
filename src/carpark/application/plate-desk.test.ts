/** Readings of cameras at the lanes of one small car park: what binds, what waits, what corrects, what is forgotten. */
import { describe, expect, it } from "vitest";
import { DAY, SECOND } from "../../kernel/instant.ts";
import { readPlate } from "../../rights/plate/plate.ts";
import type { LaneId } from "../facility/config.ts";
import { createFacility, decide } from "../facility/decide.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { account, parker } from "../../../test/carpark/account.ts";
import { siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { READ_FRESH_MS } from "../lane/timing.ts";
import { facilityKind } from "./facility-owner.ts";
import { type PlateDecision, ECHO_MS, plateDesk } from "./plate-desk.ts";

const KIND = facilityKind([]);

function story() {
  const site = siteOf({ ...siteConfig(), media: ["tickets", "plates"] }, testTariff).at("08:00");
  let refs = 0;
  const vault = new Map<string, { text: string; eraseAt: number | null }>();
  const desk = plateDesk(() => `p${++refs}` as CredentialRef);
  let seen = 0;
  const carry = (decision: PlateDecision | null): string => {
    if (!decision) return "";
    if (decision.carry) {
      for (const row of decision.carry.vault.put ?? []) vault.set(row.ref, { text: row.text, eraseAt: null });
      expect(site.give(decision.carry.command)).toBeNull();
    }
    return `${decision.outcome} ${decision.facts?.tier ?? "nobody"}`;
  };
  /** What the desk makes of the events since the last look. */
  const observe = (): string[] => {
    const said: string[] = [];
    while (seen < site.log.length) {
      const event = site.log[seen++];
      const rows = event ? KIND.rowsOf("facility/north", [event], site.core).vault : undefined;
      for (const { ref, eraseAt } of rows?.deadlines ?? []) vault.set(ref, { text: vault.get(ref)?.text ?? "", eraseAt });
      const decision = event ? desk.observe(site.state, event) : null;
      if (decision) said.push(carry(decision));
    }
    return said;
  };
  const read = (lane: string, raw: string, { confidence = 0.9, ageMs = 0 }: { confidence?: number | null; ageMs?: number } = {}): string => {
    const plate = readPlate(raw, "AT");
    if (!plate.ok) throw new Error(raw);
    observe();
    const said = carry(desk.read(site.state, { lane: lane as LaneId, plate: plate.value, confidence, readAt: site.now - ageMs }, site.now));
    observe();
    return said;
  };
  const enter = (raw: string): CredentialRef => {
    site.arrive("E1");
    read("E1", raw);
    site.press("E1").print("E1").take("E1").driveThrough("E1");
    observe();
    const ref = site.last("StayOpened").plate;
    if (ref === null) throw new Error("no plate");
    return ref;
  };
  const register = (ref: string): void => void site.learn(...parker("acme", `parker-${ref}`, ref));
  site.learn(account("acme"));
  return { site, desk, vault, register, read, observe, enter };
}

describe("a reading at the pillar", () => {
  it("names the stay of the vehicle, once, however often the camera says it", () => {
    const { site, read, observe, vault, desk } = story();
    site.arrive("E1");
    expect(read("E1", "W-12345X")).toBe("presented nobody");
    expect(read("E1", "W 12345 X")).toBe("duplicate nobody");
    site.press("E1").print("E1").take("E1").driveThrough("E1");
    observe();
    expect(site.last("StayOpened").plate).toBe("p1");
    expect([...vault]).toEqual([["p1", { text: "plate/AT/W12345X", eraseAt: null }]]);
    expect(site.log.filter(({ type }) => type === "PlateAttached")).toHaveLength(1);
    expect(JSON.stringify(site.log)).not.toContain("12345");
    expect(desk.register.isInside("p1" as CredentialRef)).toBe(true);
  });

  it("that is stale, or of a clock that runs ahead, moves nothing and is not kept", () => {
    const { site, read, observe, vault } = story();
    site.arrive("E1");
    const before = site.log.length;
    expect(read("E1", "W12345X", { ageMs: READ_FRESH_MS + 1 })).toBe("stale nobody");
    expect(read("E1", "W12345X", { ageMs: -6_000 })).toBe("clockAhead nobody");
    expect(observe()).toEqual([]);
    expect(site.log).toHaveLength(before);
    expect(vault.size).toBe(0);
    expect(read("E1", "W12345X", { ageMs: READ_FRESH_MS })).toBe("presented nobody");
  });

  it("before the loop feels the vehicle waits for it, the surest one; not longer than it is fresh", () => {
    const { site, read, observe } = story();
    expect(read("E1", "W12345X", { confidence: 0.9 })).toBe("noVehicle nobody");
    expect(read("E1", "W12346X", { confidence: 0.5 })).toBe("noVehicle nobody");
    site.arrive("E1");
    expect(observe()).toEqual(["presented nobody"]);
    expect(site.last("PlateAttached").plate).toBe("p1");
    site.backOut("E1");
    observe();
    expect(read("E1", "W99999X")).toBe("noVehicle nobody");
    site.at("08:30").arrive("E1");
    expect(observe()).toEqual([]);
  });

  it("surer than the one before corrects it, and the plate it replaces gets its deadline", () => {
    const { site, read, vault } = story();
    site.arrive("E1");
    expect(read("E1", "AA7690E", { confidence: 0.6 })).toBe("presented nobody");
    expect(read("E1", "AA7690F", { confidence: 0.62 })).toBe("worse nobody");
    expect(read("E1", "AA7691E", { confidence: 0.9 })).toBe("corrected nobody");
    site.press("E1").print("E1").take("E1").driveThrough("E1");
    expect(site.last("StayOpened").plate).toBe("p2");
    expect(site.last("PlateAttached")).toMatchObject({ plate: "p2", instead: "p1" });
    expect(vault.get("p1")?.eraseAt).toBe(site.last("PlateAttached").at + DAY);
    expect(vault.get("p2")?.eraseAt).toBeNull();
  });

  it("of the vehicle that has just gone is no reading of the next one", () => {
    const { site, read, enter, observe } = story();
    enter("W12345X");
    site.arrive("E1");
    observe();
    expect(read("E1", "W12345X")).toBe("duplicate nobody");
    site.at("08:05");
    expect(site.now).toBeGreaterThan(ECHO_MS);
    expect(read("E1", "W12345X")).toBe("presented exact");
  });

  it("better, of the vehicle that has just passed, corrects its stay and says what the old plate's end is", () => {
    const { site, read, enter, vault, observe, desk } = story();
    site.arrive("E1");
    expect(read("E1", "AA7690E", { confidence: 0.6 })).toBe("presented nobody");
    site.press("E1").print("E1").take("E1").driveThrough("E1");
    observe();
    expect(read("E1", "AA7691E", { confidence: 0.95 })).toBe("corrected nobody");
    expect(site.last("StayPlateCorrected")).toMatchObject({ was: "p1", plate: "p2" });
    expect([...site.state.stays.values()].map(({ plate }) => plate)).toEqual(["p2"]);
    expect(vault.get("p1")?.eraseAt).toBe(site.last("StayPlateCorrected").at + DAY);
    expect(desk.register.plateOf("p1" as CredentialRef)).toBeUndefined();
    expect(desk.register.isInside("p2" as CredentialRef)).toBe(true);
    site.at("08:10");
    expect(enter("W12345X")).toBe("p3");
  });

  it("that could not be committed is as if it had not been", () => {
    const { site, desk } = story();
    site.arrive("E1");
    const plate = readPlate("W12345X", "AT");
    if (!plate.ok) throw new Error("plate");
    const reading = { lane: "E1" as LaneId, plate: plate.value, confidence: 0.9, readAt: site.now };
    desk.read(site.state, reading, site.now).carry?.undo();
    expect(desk.register.size).toBe(0);
    expect(desk.read(site.state, reading, site.now).outcome).toBe("presented");
  });
});

describe("who it is", () => {
  it("at an exit the vehicle inside is found, also when one character is off and no other fits", () => {
    const { site, read, enter } = story();
    const ref = enter("W12345X");
    site.at("09:00").arrive("X1");
    expect(read("X1", "W12346X")).toBe("presented edit");
    expect(site.last("PlateAttached")).toMatchObject({ lane: "X1", plate: ref });
  });

  it("at an entry an edit is nobody known: a new reference", () => {
    const { site, read, enter } = story();
    const ref = enter("W12345X");
    site.at("09:00").arrive("E1");
    expect(read("E1", "W12346X")).toBe("presented nobody");
    expect(site.last("PlateAttached").plate).not.toBe(ref);
  });

  it("a visitor is forgotten when it has left, a registered plate is not", () => {
    const { site, desk, register, read, enter, observe } = story();
    const visitor = enter("W12345X");
    const known = enter("GULKW1");
    register(known);
    for (const stay of [...site.state.stays.keys()]) site.give({ type: "CloseStay", stay, reason: "gone" }, "anna");
    observe();
    expect(desk.register.plateOf(visitor)).toBeUndefined();
    expect(desk.register.plateOf(known)?.text).toBe("GULKW1");
    site.at("10:00").arrive("E1");
    expect(read("E1", "GULKW1")).toBe("presented exact");
    expect(site.last("PlateAttached").plate).toBe(known);
    desk.erased([known]);
    expect(desk.register.size).toBe(0);
  });

  it("after a start the vault and the journal say who is inside", () => {
    const { site, vault, enter, register } = story();
    const inside = enter("W12345X");
    vault.set("holder", { text: "{\"name\":\"Ada\"}", eraseAt: null });
    vault.set("gone", { text: "plate/AT/W99999X", eraseAt: site.now });
    vault.set("p-known", { text: "plate/AT/GULKW1", eraseAt: null });
    register("p-known");
    const again = plateDesk(() => "new" as CredentialRef);
    again.restore(site.state, [...vault].map(([ref, { text }]) => ({ ref, text })));
    expect(again.register.size).toBe(2);
    expect(again.register.isInside(inside)).toBe(true);
    expect(again.register.isInside("p-known" as CredentialRef)).toBe(false);
  });

  it("a lane nobody knows, and a facility that is not configured", () => {
    const { desk, site } = story();
    const plate = readPlate("W12345X", null);
    if (!plate.ok) throw new Error("plate");
    const reading = { lane: "E9" as LaneId, plate: plate.value, confidence: null, readAt: site.now };
    expect(desk.read(site.state, reading, site.now).outcome).toBe("laneUnknown");
    const empty = createFacility(site.state.id);
    decide(empty, { type: "Tick" }, { now: site.now, actor: null });
    expect(desk.read(empty.state, { ...reading, lane: "E1" as LaneId }, site.now + SECOND).outcome).toBe("laneUnknown");
  });
});
