import { describe, expect, test } from "vitest";
import { machineToken } from "./machine.ts";

function browser() {
  const kept = new Map<string, string>();
  const addresses: string[] = [];
  const at = (hash: string): string | null => machineToken(
    { hash, pathname: "/kiosk/museum/P1", search: "?locale=de" },
    { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) }, (address) => addresses.push(address),
  );
  return { at, addresses };
}

describe("the machine's token", () => {
  test("is taken out of the address once, and known after a reload", () => {
    const { at, addresses } = browser();
    expect([at("#device=abc.def-123"), addresses, at("")]).toEqual(["abc.def-123", ["/kiosk/museum/P1?locale=de"], "abc.def-123"]);
  });

  test("anybody's browser has none, whatever stands after the #", () => {
    const { at, addresses } = browser();
    expect([at(""), at("#device="), at("#device=a b"), at("#top"), addresses]).toEqual([null, null, null, null, []]);
  });
});
