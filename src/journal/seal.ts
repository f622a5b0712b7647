/** AES-256-GCM over small texts, bound to where they are stored. `nonce (12) | ciphertext | tag (16)`. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Texts are padded to a multiple of this, so that the length of a plate does not show. */
const PAD_TO = 64;

export function seal(key: Buffer, plain: Buffer, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the key is another one, the place is another one, or the bytes were changed. */
export function unseal(key: Buffer, sealed: Buffer, place: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

export function padded(text: string): Buffer {
  const bytes = Buffer.from(JSON.stringify(text));
  return Buffer.concat([bytes, Buffer.alloc((PAD_TO - (bytes.length % PAD_TO)) % PAD_TO, " ")]);
}

export const unpadded = (bytes: Buffer): string => JSON.parse(bytes.toString()) as string;
