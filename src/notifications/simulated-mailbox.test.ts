import { expect, it } from "vitest";
import { LETTERS_KEPT_MAX, openSimulatedMailbox } from "./simulated-mailbox.ts";

it("keeps the newest letters, each once, without what was attached to them", async () => {
  const box = openSimulatedMailbox(() => 7);
  const post = (id: string) => box.post({ id, to: "a@b.example", subject: id, text: "Please look.", attachments: [{ fileName: "s.pdf", media: "application/pdf", content: new Uint8Array(9) }] });
  for (const id of ["a", "b", "a"]) expect((await post(id)).type).toBe("sent");
  expect(box.letters().map(({ id, at, attachments }) => [id, at, attachments])).toEqual([["b", 7, ["s.pdf"]], ["a", 7, ["s.pdf"]]]);
  for (let n = 0; n < LETTERS_KEPT_MAX; n++) await post(`n${n}`);
  expect(box.letters()).toHaveLength(LETTERS_KEPT_MAX);
  expect(box.letters().some(({ id }) => id === "a")).toBe(false);
});
