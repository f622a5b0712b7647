/**
 * The machine's own browser proves that it stands at the pay station: it was opened once as
 * `/kiosk/FACILITY/STATION#device=TOKEN`, with a token of the car park's devices. What stands after the # is never sent
 * to the server; it is taken out of the address and kept by this browser alone, for after a power cut.
 */
const KEPT_AS = "gatehouse.device";
const GIVEN = /^#device=([A-Za-z0-9._~+/=-]{1,200})$/;

type Place = { readonly hash: string; readonly pathname: string; readonly search: string };

/** The token this browser was given, now or before; null: it is anybody's browser. */
export function machineToken(
  place: Place, kept: Pick<Storage, "getItem" | "setItem">, forget: (address: string) => void,
): string | null {
  const given = GIVEN.exec(place.hash)?.[1];
  if (given !== undefined) {
    kept.setItem(KEPT_AS, given);
    forget(place.pathname + place.search);
  }
  return given ?? kept.getItem(KEPT_AS);
}
