import { expect, test } from "vitest";
import { lostTicketFeeOf } from "./fee.ts";

test.each([
  [{ config: { policy: { lostTicketFeeMinor: 6000 } }, tariffs: [] }, 6000],
  [{ config: { policy: {} } }, null],
  [{ config: null }, null],
  [undefined, null],
])("%j", (answer, fee) => {
  expect(lostTicketFeeOf(answer)).toBe(fee);
});
