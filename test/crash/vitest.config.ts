import { defineConfig } from "vitest/config";

/** kill -9 of server and database under load: one long story, run after the build. */
export default defineConfig({
  test: { include: ["test/crash/**/*.test.ts"], testTimeout: 20 * 60_000, hookTimeout: 120_000, pool: "forks", fileParallelism: false },
});
