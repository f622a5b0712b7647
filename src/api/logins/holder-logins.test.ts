import { describe, expect, it } from "vitest";
import { DAY } from "../../kernel/instant.ts";
import { HOLDER_LOGIN_LIFE_MS, HolderLogins, INVITATION_LIFE_MS } from "./holder-logins.ts";
import { memoryHolderStore } from "./holder-store.ts";

const START = 1_000_000_000_000;

async function opened(store = memoryHolderStore()) {
  const clock = { now: START };
  const logins = await HolderLogins.open(store, () => clock.now, "secret of the test");
  return { logins, clock, store };
}

const invited = async (logins: HolderLogins, account: string, email: string): Promise<string> => {
  const made = await logins.invite(account, email);
  if (!made.ok) throw new Error(made.error.type);
  return made.value.code;
};

describe("logins of account holders", () => {
  it("an invitation's code chooses a password once, and the address's spelling does not matter", async () => {
    const { logins } = await opened();
    const code = await invited(logins, "acc-1", "Anna@Example.org ");
    expect(logins.stateOf("acc-1")).toMatchObject({ state: "invited" });
    expect(await logins.logIn("anna@example.org", "whatever it is", "::1")).toMatchObject({ error: { type: "loginRefused" } });
    const made = await logins.activate(code, "a long password", "::1");
    expect(made).toMatchObject({ ok: true, value: { who: { account: "acc-1" } } });
    expect(await logins.activate(code, "another password", "::1")).toMatchObject({ error: { type: "inviteInvalid" } });
    expect(logins.stateOf("acc-1")).toMatchObject({ state: "active", inviteExpiresAt: null });
    const done = await logins.logIn(" anna@EXAMPLE.org", "a long password", "::1");
    expect(done.ok && logins.whoOf(done.value.token)).toMatchObject({ account: "acc-1" });
  });

  it("of two who use one code at once, one gets in", async () => {
    const { logins } = await opened();
    const code = await invited(logins, "acc-1", "a@b.example");
    const both = await Promise.all([logins.activate(code, "first password", "::1"), logins.activate(code, "second password", "::2")]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it("a newer code makes the older worthless, and a code has its end", async () => {
    const { logins, clock } = await opened();
    const old = await invited(logins, "acc-1", "a@b.example");
    const code = await invited(logins, "acc-1", "a@b.example");
    expect(await logins.activate(old, "a long password", "::1")).toMatchObject({ error: { type: "inviteInvalid" } });
    clock.now += INVITATION_LIFE_MS;
    expect(await logins.activate(code, "a long password", "::1")).toMatchObject({ error: { type: "inviteInvalid" } });
  });

  it("an address belongs to one account", async () => {
    const { logins } = await opened();
    await invited(logins, "acc-1", "a@b.example");
    expect(await logins.invite("acc-2", "A@b.example")).toMatchObject({ error: { type: "emailTaken" } });
    await invited(logins, "acc-2", "c@d.example");
    expect(await logins.setEmail("acc-2", "a@b.example")).toMatchObject({ error: { type: "emailTaken" } });
  });

  it("sessions end by time, by logging out, by a new password elsewhere and by revoking; a restart keeps them", async () => {
    const { logins, clock, store } = await opened();
    await logins.give("acc-1", "a@b.example", "a long password");
    const session = async (): Promise<string> => {
      const done = await logins.logIn("a@b.example", "a long password", "::1");
      return done.ok ? done.value.token : "";
    };
    const [first, second] = [await session(), await session()];
    await logins.logOut(first);
    expect(logins.whoOf(first)).toBeNull();
    const again = await HolderLogins.open(store, () => clock.now, "secret of the test");
    expect(again.whoOf(second)).toMatchObject({ account: "acc-1" });
    const third = await session();
    await logins.changePassword("acc-1", "a new password", third);
    expect([logins.whoOf(second), logins.whoOf(third)?.account]).toEqual([null, "acc-1"]);
    clock.now += HOLDER_LOGIN_LIFE_MS;
    expect(logins.whoOf(third)).toBeNull();
    clock.now -= DAY;
    expect(logins.whoOf(third)).not.toBeNull();
    await logins.revoke("acc-1");
    expect(logins.whoOf(third)).toBeNull();
    expect((await store.load()).sessions).toEqual([]);
  });

  it("guessing is slowed, and nothing stored holds the address", async () => {
    const { logins, store } = await opened();
    await logins.give("acc-1", "anna@example.org", "a long password");
    const results = [];
    for (let i = 0; i < 11; i++) results.push(await logins.logIn("anna@example.org", "wrong", "::1"));
    expect(results.at(-1)).toMatchObject({ error: { type: "tooManyAttempts" } });
    expect(JSON.stringify(await store.load())).not.toContain("anna");
  });
});
