import { expect, test } from "vitest";
import { type Field, valuesOf } from "./fields.ts";

const money: Field = { kind: "money", name: "paid", label: "", currency: "AUD" };
const moment: Field = { kind: "moment", name: "at", label: "", zone: "Australia/Sydney", optional: true };
const minutes: Field = { kind: "integer", name: "minutes", label: "", min: 1, max: 120 };
const reason: Field = { kind: "text", name: "reason", label: "" };
const pick: Field = { kind: "choice", name: "mode", label: "", choices: [{ value: "closed", label: "" }] };

test.each([
  [money, "12.50", { paid: 1250 }, {}],
  [money, "12,5", { paid: 1250 }, {}],
  [money, "1,250.00", {}, { paid: "notMoney" }],
  [money, "0", {}, { paid: "notPositive" }],
  [money, "-3", {}, { paid: "notPositive" }],
  [money, "0.005", {}, { paid: "notMoney" }],
  [minutes, "15", { minutes: 15 }, {}],
  [minutes, "1.5", {}, { minutes: "notInteger" }],
  [minutes, "121", {}, { minutes: "outOfRange" }],
  [moment, "2026-11-23T01:05", { at: Date.UTC(2026, 10, 22, 14, 5) }, {}],
  [moment, "", {}, {}],
  [moment, "yesterday", {}, { at: "notATime" }],
  [reason, "   ", {}, { reason: "missing" }],
  [reason, " queue of cars ", { reason: "queue of cars" }, {}],
  [reason, "x".repeat(501), {}, { reason: "tooLong" }],
  [pick, "closed", { mode: "closed" }, {}],
  [pick, "ajar", {}, { mode: "missing" }],
] as const)("%j typed %j", (field, typed, values, wrong) => {
  expect(valuesOf([field], { [field.name]: typed })).toEqual({ values, wrong });
});

test("a field that does not apply is neither asked for nor sent", () => {
  const kind: Field = { kind: "choice", name: "kind", label: "", choices: [{ value: "cash", label: "" }, { value: "card", label: "" }] };
  const given: Field = { ...money, name: "given", when: ["kind", "cash"] };
  expect(valuesOf([kind, given], { kind: "card", given: "5" })).toEqual({ values: { kind: "card" }, wrong: {} });
  expect(valuesOf([kind, given], { kind: "cash", given: "" })).toEqual({ values: { kind: "cash" }, wrong: { given: "missing" } });
});
