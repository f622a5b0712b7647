/** A string or number that only its own parser makes; `Brand<string, "LaneId">` accepts no plain string. */
declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
