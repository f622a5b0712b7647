/**
 * Where number-plate cameras report: `POST /api/v1/devices/FACILITY/cameras/CAMERA`, in their makers' own formats.
 *
 *   secret (Bearer, or the password of Basic) -> rate -> body, bounded -> the family's parser -> the car park -> answer
 *
 * Promise: 200 only when what the reading caused is durable, so a camera that asks again loses nothing; a repetition
 * causes nothing. Neither secret nor plate is in a URL, an answer or a log.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { CameraAccess } from "../../config/city.ts";
import { cameraMessage } from "../../devices/camera/families.ts";
import { matchSentence } from "../../rights/plate/why.ts";
import { facilityZone } from "../../carpark/facility/clock.ts";
import { localeOf } from "../../messages/locale.ts";
import { readJson } from "../http/json.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import { Buckets } from "../http/rate.ts";
import { sendTrouble } from "../http/send-trouble.ts";
import { API_PREFIX } from "../http/register.ts";
import type { Site } from "../site.ts";

/** Cameras attach pictures to what they say: up to 832 kB were seen. They are read past and dropped. */
export const CAMERA_BODY_BYTES_MAX = 1_500_000;
/** A camera looks some ten times a second at most, and only while a vehicle stands there. */
const PER_CAMERA = { burst: 60, perSecond: 10 };
/** Wrong secrets from one address: a mistyped one is tried a few times. */
const WRONG_SECRETS = { burst: 20, perSecond: 0.1 };

type Named = { readonly facility?: string; readonly camera?: string };

export function addCameraEndpoint(app: FastifyInstance, site: Site): void {
  const asked = new Buckets(PER_CAMERA);
  const refused = new Buckets(WRONG_SECRETS);
  void app.register(async (cameras) => {
    cameras.removeAllContentTypeParsers();
    cameras.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: CAMERA_BODY_BYTES_MAX }, (_request, body, done) => done(null, body));
    cameras.route({
      method: "POST",
      url: `${API_PREFIX}/devices/:facility/cameras/:camera`,
      bodyLimit: CAMERA_BODY_BYTES_MAX,
      onRequest: async (request, reply) => {
        const { facility = "", camera = "" } = request.params as Named;
        const now = Date.now();
        if (!admitted(site.cameras.camera(facility, camera), request)) {
          const wait = refused.take(request.ip, now);
          return sendTrouble(reply, wait > 0 ? trouble("tooManyAttempts", undefined, { retryAfterSeconds: wait }) : trouble("deviceUnknown"));
        }
        const wait = asked.take(`${facility}/${camera}`, now);
        if (wait > 0) return sendTrouble(reply, trouble("tooManyReadings", undefined, { retryAfterSeconds: wait }));
      },
      handler: async (request, reply) => {
        const done = await answer(site, request);
        reply.header("cache-control", "no-store");
        return "status" in done ? sendTrouble(reply, done) : reply.type("application/json; charset=utf-8").send(JSON.stringify(done));
      },
    });
  });
}

type Answered = { readonly readings: readonly { readonly outcome: string; readonly tier: string | null; readonly why: string | null }[] };

async function answer(site: Site, request: FastifyRequest): Promise<Answered | Trouble> {
  const { facility = "", camera = "" } = request.params as Named;
  const access = site.cameras.camera(facility, camera);
  const handle = site.facilities.get(facility);
  if (!access || !handle?.core.state.config) return trouble("facilityUnknown");
  const body = Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "";
  const zone = facilityZone(handle.core.state);
  const message = cameraMessage(access.family, request.headers["content-type"] ?? "", body, zone, (text) => {
    const read = readJson(text);
    return read.ok ? read.value : undefined;
  });
  if (!message.ok) return trouble("bodyNotUnderstood", `Not a message of the family ${access.family} (at ${message.error.where}).`);
  if (message.value.type === "alive") return { readings: [] };
  const locale = localeOf(request.headers["accept-language"]);
  const answers: Answered["readings"][number][] = [];
  for (const reading of message.value.readings) {
    const { outcome, tier, why } = await site.cameras.take(facility, access.lane, reading, site.now());
    if (outcome === "notNow") return trouble("storeUnavailable", undefined, { retryAfterSeconds: 1 });
    answers.push({ outcome, tier, why: why === null ? null : matchSentence(why, locale) });
  }
  return { readings: answers };
}

/** In constant time, and as long for a camera nobody knows. */
function admitted(access: CameraAccess | null, request: FastifyRequest): boolean {
  const given = createHash("sha256").update(secretOf(request.headers.authorization ?? "")).digest();
  const kept = Buffer.from(access?.secretSha256 ?? "0".repeat(64), "hex");
  return timingSafeEqual(given, kept) && access?.secretSha256 != null;
}

/** `Bearer SECRET`, or `Basic` with any name and the secret as password: what cameras can be told to send. */
function secretOf(header: string): string {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(header)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = /^Basic ([A-Za-z0-9+/=]{1,400})$/.exec(header)?.[1];
  return basic === undefined ? "" : Buffer.from(basic, "base64").toString("utf8").split(":").slice(1).join(":");
}
