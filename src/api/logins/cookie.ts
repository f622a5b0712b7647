/**
 * The login's cookie. Behind TLS it has the `__Host-` prefix, which binds it to this host, the root path
 * and secure connections; a plain-HTTP demo on a laptop cannot have that.
 */
const nameOf = (secure: boolean): string => (secure ? "__Host-gatehouse" : "gatehouse");

export function loginCookie(token: string, lifeMs: number, secure: boolean): string {
  return `${nameOf(secure)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(lifeMs / 1_000)}${secure ? "; Secure" : ""}`;
}

export const clearedCookie = (secure: boolean): string => loginCookie("", 0, secure);

export function tokenOf(header: string | undefined, secure: boolean): string | null {
  for (const part of (header ?? "").split(";", 50)) {
    const [name, value] = part.trim().split("=", 2);
    if (name === nameOf(secure) && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return null;
}
