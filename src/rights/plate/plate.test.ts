import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plateRegister } from "./book.ts";
import { type Country, countryOf, mayExist } from "./country.ts";
import { matchPlate, mayCharge, sameByFold, withinOneEdit } from "./match.ts";
import { type Plate, PLATE_LENGTH_MAX, plateOfSealed, readPlate, samePlate, sealedPlate } from "./plate.ts";

const plate = (raw: string, country: Country | null = null): Plate => {
  const read = readPlate(raw, country);
  if (!read.ok) throw new Error(`${raw}: ${read.error.type}`);
  return read.value;
};

describe("a plate in any spelling is one text", () => {
  it.each([
    ["W-12345X", "AT", "W12345X"], ["w 12345 x", "AT", "W12345X"], ["Ｗ－１２３４５Ｘ", "AT", "W12345X"], ["GU LKW 1", "AT", "GULKW1"],
    ["fü-ab 123", "DE", "FÜAB123"], ["FU\u0308 AB 123", "DE", "FÜAB123"], ["M·AB 1234E", "DE", "MAB1234E"], ["DMABC1234", "DE", "MABC1234"],
    ["ab12 cde", "GB", "AB12CDE"], ["GB AB12 CDE", "GB", "AB12CDE"], ["UKAB12CDE", "GB", "AB12CDE"],
    ["1AB-2CD", "AU", "1AB2CD"], ["ABC-12D", "AU", "ABC12D"], ["51F-123.45", null, "51F12345"],
  ])("%s (%s) is %s", (raw, country, text) => {
    expect(plate(raw, country).text).toBe(text);
  });

  it.each([
    ["", "plateMissing"], [" - ", "plateMissing"], ["A".repeat(17), "plateTooLong"], ["A".repeat(1_000_000), "plateTooLong"],
    ["W-\u041012345", "plateCharacter"], ["AB\u202E12", "plateCharacter"], ["AB\u200D12", "plateCharacter"], ["AB\u000012", "plateCharacter"],
    ["\uD800", "plateCharacter"], ["🚗12", "plateCharacter"], ["'; DROP TABLE", "plateCharacter"], ["=cmd()", "plateCharacter"],
    ["<b>", "plateCharacter"], ["٣٤٥", "plateCharacter"], ["ABΑ12", "plateCharacter"], ["A\r\nB'", "plateCharacter"], ["%00", "plateCharacter"],
  ])("%j is refused: %s", (raw, type) => {
    const read = readPlate(raw, null);
    expect(read.ok ? "read" : read.error.type).toBe(type);
    if (!read.ok && raw.length > 3) expect(JSON.stringify(read.error)).not.toContain(raw);
  });

  it("C5: equality is an equivalence, made once more nothing changes, countries stay apart", () => {
    const country = fc.constantFrom(null, "AT", "DE", "GB", "AU", "FR");
    fc.assert(fc.property(fc.string({ maxLength: 20, unit: "grapheme" }), country, (raw, of) => {
      const once = readPlate(raw, of);
      if (!once.ok) return;
      expect(once.value.text.length).toBeLessThanOrEqual(PLATE_LENGTH_MAX);
      expect(readPlate(once.value.text, of)).toEqual(once);
      expect(plateOfSealed(sealedPlate(once.value))).toEqual(once.value);
      expect(samePlate(once.value, once.value)).toBe(true);
    }), { numRuns: 500 });
    expect(samePlate(plate("AB123", "DE"), plate("AB123", "AT"))).toBe(false);
    expect(plateOfSealed("{\"name\":\"Ada\"}")).toBeUndefined();
  });

  it.each([["AUT", "AT"], ["d", "DE"], ["gb", "GB"], ["CZE", "CZ"], ["", null], ["64", null], ["Praha", null], ["__proto__", null]])(
    "a camera's country %j is %s", (name, country) => expect(countryOf(name)).toBe(country),
  );
});

describe("tiers, by table", () => {
  type Row = readonly [read: string, of: Country | null, known: readonly string[], at: "entry" | "exit", answer: string];
  const rows: readonly Row[] = [
    ["AB12CDE", "GB", ["AB12CDE"], "entry", "exact sameText AB12CDE"],
    ["AB12CDE", null, ["AB12CDE"], "entry", "exact sameText AB12CDE"],
    ["AB1ZCDE", "GB", ["AB12CDE"], "entry", "folded looksAlike AB12CDE"],
    ["AB12C0E", "GB", ["AB12COE"], "entry", "folded looksAlike AB12COE"],
    ["ABI2CDE", "GB", ["AB12CDE"], "entry", "folded looksAlike AB12CDE"],
    // Both plates exist (A812 CDE is of 1983): the look-alike is somebody else's until the vehicle turns out to be the only one inside.
    ["AB12COE", "GB", ["AB12CDE"], "entry", "nobody"],
    ["AB12COE", "GB", ["AB12CDE"], "exit", "edit otherPlateToo AB12CDE"],
    ["A812CDE", "GB", ["AB12CDE"], "entry", "nobody"],
    ["A812CDE", "GB", ["AB12CDE"], "exit", "edit otherPlateToo AB12CDE"],
    ["MBI12", "DE", ["MB112"], "entry", "nobody"],
    ["MBI12", "DE", ["MB112"], "exit", "edit otherPlateToo MB112"],
    ["FUAB123", "DE", ["FÜAB123"], "entry", "folded looksAlike FÜAB123"],
    ["BOAB12", "DE", ["BÖAB12"], "entry", "nobody"],
    ["W1Z345X", "AT", ["W12345X"], "entry", "folded looksAlike W12345X"],
    ["W12345X", "AT", ["W12346X"], "entry", "nobody"],
    ["W12345X", "AT", ["W12346X"], "exit", "edit oneEdit W12346X"],
    ["BW12345X", "AT", ["W12345X"], "exit", "edit oneEdit W12345X"],
    ["W1234X", "AT", ["W12345X"], "exit", "edit oneEdit W12345X"],
    ["W1234X", "AT", ["W12345X", "W12347X"], "exit", "several edit"],
    ["ABC12D", "AU", ["A8CI2D"], "entry", "folded looksAlike A8CI2D"],
    ["ABC12O", "AU", ["ABC120", "ABC12Q"], "entry", "several folded"],
    ["A1", "GB", ["A2"], "exit", "nobody"],
    ["W12345X", "DE", ["W12345X/AT"], "entry", "nobody"],
    ["W12345X", "DE", ["W12345X/AT"], "exit", "edit otherCountry W12345X"],
    ["W12345X", null, ["W12345X/AT", "W12345X/HU"], "entry", "several exact"],
    // Outside is only what is marked so: at the exit the one inside decides.
    ["W12345X", null, ["W12345X/AT!out", "W12345X/HU"], "exit", "exact sameText W12345X"],
    ["W12345X", "AT", ["W12346X!out"], "exit", "nobody"],
  ];
  it.each(rows)("%s (%s) among %j at the %s: %s", (read, of, known, at, answer) => {
    const book = plateRegister<string>();
    for (const entry of known) {
      const [text = "", country = of] = entry.replace("!out", "").split("/");
      book.keep(entry, plate(text, country));
      book.setInside(entry, !entry.endsWith("!out"));
    }
    const match = matchPlate(plate(read, of), book, at);
    const said = match.found === "one" ? `${match.tier} ${match.why} ${book.plateOf(match.key)?.text}`
      : match.found === "several" ? `several ${match.tier}` : match.why;
    expect(said).toBe(answer);
    expect(mayCharge(match)).toBe(/^(exact|folded)/.test(answer));
  });
});

describe("matching never guesses", () => {
  // Few shapes and few letters, so that plates are often near each other.
  const text = fc.tuple(fc.constantFrom("W12", "AB12", "M", ""), fc.string({ minLength: 2, maxLength: 3, unit: fc.constantFrom(..."ABDO0I15S") })).map((parts) => parts.join("") + "1C");
  const country = fc.constantFrom(null, "AT", "DE", "GB", "AU");
  const anyPlate = fc.tuple(text, country).map(([raw, of]) => plate(raw, of));

  it("the relations are symmetric", () => {
    fc.assert(fc.property(anyPlate, anyPlate, (a, b) => {
      expect(samePlate(a, b)).toBe(samePlate(b, a));
      expect(sameByFold(a, b)).toBe(sameByFold(b, a));
      expect(withinOneEdit(a, b)).toBe(withinOneEdit(b, a));
    }), { numRuns: 2000 });
  });

  it("C6: one answer is the only one that fits; an edit is inside and charges no account", () => {
    const known = fc.uniqueArray(fc.record({ plate: anyPlate, inside: fc.boolean() }), { maxLength: 12, selector: (k) => `${k.plate.text}/${k.plate.country}` });
    let edits = 0;
    let folds = 0;
    fc.assert(fc.property(known, anyPlate, fc.constantFrom("entry", "exit"), (vehicles, read, at) => {
      const book = plateRegister<string>();
      vehicles.forEach(({ plate: of, inside }, i) => {
        book.keep(String(i), of);
        book.setInside(String(i), inside);
      });
      const match = matchPlate(read, book, at as "entry" | "exit");
      if (match.found !== "one") return;
      const chosen = vehicles[Number(match.key)];
      const others = vehicles.filter((vehicle) => vehicle !== chosen);
      if (match.tier === "edit") {
        edits++;
        expect(at).toBe("exit");
        expect(chosen?.inside).toBe(true);
        expect(mayCharge(match)).toBe(false);
        expect(others.filter((v) => v.inside && withinOneEdit(read, v.plate))).toEqual([]);
        expect(others.some((v) => samePlate(read, v.plate) || sameByFold(read, v.plate))).toBe(false);
      } else if (match.tier === "folded") {
        folds++;
        expect(others.some((v) => samePlate(read, v.plate))).toBe(false);
        const rivals = others.filter((v) => sameByFold(read, v.plate) && (at === "entry" || v.inside || chosen?.inside === false));
        expect(rivals).toEqual([]);
      } else {
        expect(samePlate(read, chosen?.plate ?? read)).toBe(true);
      }
    }), { numRuns: 6000 });
    expect(edits).toBeGreaterThan(20);
    expect(folds).toBeGreaterThan(20);
  });

  it("two plates that a country could both have issued are never taken for each other against everybody", () => {
    const tail = fc.string({ minLength: 3, maxLength: 3, unit: fc.constantFrom(..."DOQISB0") });
    let looked = 0;
    fc.assert(fc.property(tail, tail, fc.constantFrom(["GB", "AB12"], ["AT", "W12"], ["DE", "HH"]), (a, b, [of = "", head = ""]) => {
      const [left, right] = [plate(head + a, of), plate(head + b, of)];
      if (left.text === right.text || !mayExist(left.text, of) || !mayExist(right.text, of)) return;
      looked++;
      expect(sameByFold(left, right)).toBe(false);
    }), { numRuns: 3000 });
    expect(looked).toBeGreaterThan(100);
  });

  it("a register forgets what is erased", () => {
    const book = plateRegister<string>();
    book.keep("a", plate("W12345X"));
    book.keep("a", plate("W12346X"));
    book.setInside("a", true);
    expect(matchPlate(plate("W12345X"), book, "entry").found).toBe("none");
    expect(matchPlate(plate("W12346X"), book, "entry").found).toBe("one");
    book.erase("a");
    expect([...book.inside(), ...book.sameText(plate("W12346X").text)]).toEqual([]);
    expect(book.size).toBe(0);
  });
});
