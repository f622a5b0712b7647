/**
 * Secrets that must be told again, sealed where they are kept: what signs deliveries, and what we show at an operator's address.
 *
 *   secret --one key, in a file beside the keys of plates--> bytes in the table, bound to their row
 *
 * Promise: the tables, their log and their backups tell no secret to whoever has not the key folder. Secrets that are only
 * compared are no matter of this: of those a digest is kept (parties.ts).
 */
import type pg from "pg";
import { keyFileOf, newKey, readKeys, writeKeys } from "../../journal/keyFile.ts";
import { padded, seal, unpadded, unseal } from "../../journal/seal.ts";

export type SecretBox = {
  /** @param place the row and column it is for: the bytes open nowhere else */
  seal(secret: string, place: string): Buffer;
  open(sealed: Buffer, place: string): string;
};

export const subscriptionPlace = (id: string): string => `exchange/subscription/${id}`;
export const endpointPlace = (operator: string): string => `exchange/operatorEndpoint/${operator}`;

const FILE_LOCK = 7_236_126;
type KeyClass = "secrets";

/** Makes the key at the first start; seals what an earlier version kept in plain text. */
export async function openSecretBox(owner: pg.Pool, keyFolder: string): Promise<SecretBox> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [FILE_LOCK]);
    const box = boxOf(await keyIn(client, keyFileOf(keyFolder, "exchange-secrets")));
    const found = await sealPlain(client, box);
    await client.query("commit");
    // What stood there before is still in the pages of the tables: they are written anew.
    if (found) for (const table of ["subscription", "operator_endpoint"]) await client.query(`vacuum full exchange.${table}`);
    return box;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function keyIn(client: pg.PoolClient, file: string): Promise<Buffer> {
  const [known] = readKeys<KeyClass>(file) ?? [];
  if (known) return known.key;
  const { rows } = await client.query<{ lost: boolean }>(`select exists (select 1 from exchange.subscription where sealed_secret is not null)
    or exists (select 1 from exchange.operator_endpoint where sealed_token is not null) as lost`);
  if (rows[0]?.lost === true) throw new Error(`The exchange's key file ${file} is gone, and secrets are sealed with its key. Put the file back.`);
  const key = newKey();
  writeKeys<KeyClass>(file, [{ class: "secrets", generation: 1, key }]);
  return key;
}

const boxOf = (key: Buffer): SecretBox => ({
  seal: (secret, place) => seal(key, padded(secret), place),
  open: (sealed, place) => unpadded(unseal(key, sealed, place)),
});

async function sealPlain(client: pg.PoolClient, box: SecretBox): Promise<boolean> {
  const { rows: subscriptions } = await client.query<{ id: string; secret: string; old: string | null }>(
    "select id, plain_secret as secret, plain_old_secret as old from exchange.subscription where plain_secret is not null for update");
  for (const { id, secret, old } of subscriptions) {
    const place = subscriptionPlace(id);
    await client.query(
      "update exchange.subscription set sealed_secret = $2, sealed_old_secret = $3, plain_secret = null, plain_old_secret = null where id = $1",
      [id, box.seal(secret, place), old === null ? null : box.seal(old, place)]);
  }
  const { rows: endpoints } = await client.query<{ operator: string; token: string }>(
    "select operator, plain_token as token from exchange.operator_endpoint where plain_token is not null for update");
  for (const { operator, token } of endpoints) {
    await client.query("update exchange.operator_endpoint set sealed_token = $2, plain_token = null where operator = $1",
      [operator, box.seal(token, endpointPlace(operator))]);
  }
  return subscriptions.length + endpoints.length > 0;
}
