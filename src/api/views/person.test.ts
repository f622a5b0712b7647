import { expect, it } from "vitest";
import { memoryLoginStore } from "../logins/login-store.ts";
import { Logins } from "../logins/logins.ts";
import { actorsNamed, personOf } from "./person.ts";

it("an actor is the account's id in the journal and a name to people, while there is one", async () => {
  const logins = await Logins.open(memoryLoginStore(), () => 1);
  const made = await logins.createAccount({ name: "ann.miller", password: "long-enough-1", roles: ["attendant"], company: null });
  const id = made.ok ? made.value.id : "";
  expect(personOf(logins, "en")(id)).toBe("ann.miller");
  expect(actorsNamed(logins, "MILLER")).toEqual([id]);
  expect([personOf(logins, "en")("staff-0123456789ab"), personOf(logins, "de")("staff-0123456789ab")]).toEqual(["former staff", "früheres Personal"]);
  // Journals from before have names, and some acts are the product's own.
  expect(["bob", "configuration"].map(personOf(logins, "en"))).toEqual(["bob", "configuration"]);
});
