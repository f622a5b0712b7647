/** `gatehouse config check FILE`. */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { readEnvironment } from "./environment.ts";
import { problemText, readCity } from "./read.ts";

export function addConfigCommands(program: Command): void {
  const config = program.command("config").description("the city's configuration");
  config.command("camera-secret").description("make a camera's secret: for the camera, and its digest for the file")
    .action(() => {
      const secret = randomBytes(24).toString("base64url");
      process.stdout.write(`secret, for the camera, shown once: ${secret}\nsecretSha256: ${createHash("sha256").update(secret).digest("hex")}\n`);
    });
  config.command("check").argument("<file>", "YAML file").description("check a configuration file and the GATEHOUSE_* variables")
    .action((file: string) => {
      const lines = checkConfig(file, process.env);
      for (const line of lines.problems) process.stderr.write(`${line}\n`);
      if (lines.problems.length > 0) process.exitCode = 1;
      else process.stdout.write(`${lines.summary}\n`);
    });
}

export function checkConfig(file: string, variables: Readonly<Record<string, string | undefined>>): { problems: readonly string[]; summary: string } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return { problems: [`${file}: cannot be read`], summary: "" };
  }
  const environment = readEnvironment(variables);
  const city = readCity(text);
  const problems = [
    ...(city.ok ? [] : city.error.map((problem) => problemText(file, problem))),
    ...(environment.ok ? [] : environment.error),
  ];
  const summary = city.ok ? `${file}: ${city.value.name}, ${city.value.facilities.length} car parks; no problem found` : "";
  return { problems, summary };
}
