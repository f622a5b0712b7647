/**
 * Where we are willing to send: https, to an address of the public internet. A subscriber's address is a stranger's
 * word, so it is judged when it is registered, and again at each connection, on the very address connected to.
 */
import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { buildConnector } from "undici";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Private, local, shared, multicast and documentation ranges of RFC 6890 and its successors; metadata services lie in them. */
const NOT_PUBLIC: readonly string[] = [
  "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
  "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
  "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
];
const blocked = new BlockList();
for (const range of NOT_PUBLIC) {
  const [address = "", bits = "0"] = range.split("/");
  blocked.addSubnet(address, Number(bits), isIPv6(address) ? "ipv6" : "ipv4");
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** IPv4 in IPv6 clothes is judged as what it is. */
export function isPublicAddress(address: string): boolean {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  return !blocked.check(address, family === 6 ? "ipv6" : "ipv4") && !/^::ffff:/i.test(address);
}

export type EndpointPolicy = {
  /** Origins that may be sent to whatever they are: the sandbox's own receiver, a test's. Empty in production. */
  readonly allowedOrigins: readonly string[];
};

export type EndpointRefusal = "notAnAddress" | "notHttps" | "withCredentials" | "notPublic" | "notFound";

/** The address itself, before any name is looked up. */
export function endpointOf(text: string, { allowedOrigins }: EndpointPolicy): Result<URL, EndpointRefusal> {
  if (!URL.canParse(text)) return err("notAnAddress");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return err("withCredentials");
  if (allowedOrigins.includes(url.origin)) return ok(url);
  if (url.protocol !== "https:") return err("notHttps");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) return err("notPublic");
  return /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host) ? err("notPublic") : ok(url);
}

/** With its name looked up; every address it has must be public, or a retry could meet the private one. */
export async function checkedEndpoint(text: string, policy: EndpointPolicy): Promise<Result<URL, EndpointRefusal>> {
  const url = endpointOf(text, policy);
  if (!url.ok || policy.allowedOrigins.includes(url.value.origin) || isIP(url.value.hostname.replace(/^\[|\]$/g, "")) !== 0) return url;
  const addresses = await lookup(url.value.hostname, { all: true }).catch(() => []);
  if (addresses.length === 0) return err("notFound");
  return addresses.every(({ address }) => isPublicAddress(address)) ? url : err("notPublic");
}

const CONNECT_MS_MAX = 3_000;

/** Looks the name up once and connects to that address, if it is public: no second answer can slip in between. */
export function guardedConnector({ allowedOrigins }: EndpointPolicy): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_MS_MAX, lookup: (hostname, _options, done) => {
    lookup(hostname, { all: true }).then((addresses) => {
      const wrong = addresses.find(({ address }) => !isPublicAddress(address));
      if (wrong || addresses.length === 0) return done(new Error("the name leads to an address that is not public"), []);
      return done(null, addresses);
    }, (error: Error) => done(error, []));
  } });
  const plain = buildConnector({ timeout: CONNECT_MS_MAX });
  return (options, callback) => {
    const origin = `${options.protocol}//${options.hostname}${options.port ? `:${options.port}` : ""}`;
    return allowedOrigins.includes(origin) ? plain(options, callback) : connect(options, callback);
  };
}
