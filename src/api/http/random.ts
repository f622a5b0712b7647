/** Random references made at the edge: for cards and holders, which the journal must not name. */
import { randomBytes } from "node:crypto";

/** 96 bits: no two in a city's lifetime, and not to be guessed. */
export const randomRef = (kind: "card" | "holder" | "plate"): string => `${kind}_${randomBytes(12).toString("base64url").replace(/[^A-Za-z0-9]/g, "x")}`;
