import { afterAll, beforeAll } from "vitest";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import { journalContract } from "./contract.ts";
import { type TestServer, query, testServer } from "./harness.ts";

let server: TestServer;
beforeAll(async () => void (server = await testServer()));
afterAll(() => server.stop());

journalContract("PostgreSQL", async () => {
  const connectionString = await server.fresh();
  return {
    open: () => openPostgresJournal({ connectionString }),
    ledgerSum: async (account) => {
      const [row] = await query<{ sum: string }>(connectionString, "select coalesce(sum(amount_minor), 0) as sum from posting where account = $1", [account]);
      return Number(row?.sum);
    },
    outboxOf: async (stream) =>
      (await query<{ payload: string }>(connectionString, "select payload from outbox where stream = $1 order by seq, n", [stream])).map(({ payload }) => payload),
    close: async () => {},
  };
});
