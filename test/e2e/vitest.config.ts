import { defineConfig } from "vitest/config";

/** Real server, real browser: one file after the other, so that two cores are enough. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.spec.ts"],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    pool: "forks",
    fileParallelism: false,
    // A browser on a busy machine may miss a beat; a story that fails twice is wrong.
    retry: 1,
  },
});
