/** The demo's payment service for phones: it approves everything, and the page says that it is simulated. */
import { randomBytes } from "node:crypto";
import type { PhonePayments } from "../../api/site.ts";

export const simulatedPhonePayments: PhonePayments = {
  take: () => Promise.resolve({ approved: true, reference: `SIM-${randomBytes(5).toString("hex").toUpperCase()}` }),
  giveBack: () => Promise.resolve(),
};
