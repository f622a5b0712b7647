/**
 * The login's cookie; staff and account holders have one each, so neither opens the other's door. Behind TLS it
 * has the `__Host-` prefix, which binds it to this host, the root path and secure connections; a plain-HTTP demo
 * on a laptop cannot have that.
 */
export type CookieOf = "staff" | "holder";
const NAMES: Readonly<Record<CookieOf, string>> = { staff: "gatehouse", holder: "gatehouse-my" };
const nameOf = (secure: boolean, of: CookieOf): string => (secure ? `__Host-${NAMES[of]}` : NAMES[of]);

export function loginCookie(token: string, lifeMs: number, secure: boolean, of: CookieOf = "staff"): string {
  return `${nameOf(secure, of)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(lifeMs / 1_000)}${secure ? "; Secure" : ""}`;
}

export const clearedCookie = (secure: boolean, of: CookieOf = "staff"): string => loginCookie("", 0, secure, of);

export function tokenOf(header: string | undefined, secure: boolean, of: CookieOf = "staff"): string | null {
  for (const part of (header ?? "").split(";", 50)) {
    const [name, value] = part.trim().split("=", 2);
    if (name === nameOf(secure, of) && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return null;
}
