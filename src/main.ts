/** The command line. Subcommands are loaded when they are asked for, so that `--help` answers at once. */
import { Command, InvalidArgumentError, Option } from "commander";
import { addConfigCommands } from "./config/command.ts";
import { addConformanceCommand } from "./conformance/command.ts";
import { addScenarioCommand } from "./rights/command.ts";
import { addTariffCommands } from "./tariff/command.ts";
import type { ExchangeFlags, SandboxFlags, ServeFlags } from "./app/run.ts";
import { VERSION } from "./app/version.ts";

const program = new Command("gatehouse")
  .description("Runs car parks and connects them.")
  .version(VERSION)
  .showHelpAfterError()
  .enablePositionalOptions();

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError("a port is a number from 0 to 65535");
  return port;
}

function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("a number, 0 or more");
  return value;
}

const withPlace = (command: Command): Command => command
  .option("--config <file>", "the city's YAML file (GATEHOUSE_CONFIG)")
  .option("--data <dir>", "folder of the embedded database and its keys (GATEHOUSE_DATA, ./data)")
  .option("--host <host>", "address to listen on (GATEHOUSE_HOST, 127.0.0.1)")
  .option("--port <n>", "port to listen on (GATEHOUSE_PORT, 8080)", portOf);

withPlace(program.command("serve"))
  .description("run the car parks of a configuration file")
  .action(async (flags: ServeFlags) => (await import("./app/run.ts")).serve(flags));

withPlace(program.command("demo"))
  .description("run the demo city with simulated devices and a virtual clock")
  .option("--seed <n>", "seed of the simulated traffic", numberOf, 1)
  .option("--traffic <level>", "0 none, 1 an ordinary day, up to 5", numberOf, 1)
  .option("--start <time>", "when the city's clock begins, as 2026-11-23T09:00 in the city's zone (now)")
  .option("--no-exchange", "without an exchange of its own beside it")
  .action(async (flags: ServeFlags & { seed: number; traffic: number; start?: string; exchange: boolean }) => (await import("./app/run.ts")).demo(flags));

program.command("exchange")
  .description("run the national exchange: places, rights, sessions of many operators and providers")
  .option("--data <dir>", "folder of the embedded database and its keys (GATEHOUSE_DATA, ./data/exchange)")
  .option("--host <host>", "address to listen on (GATEHOUSE_HOST, 127.0.0.1)")
  .option("--port <n>", "port to listen on (GATEHOUSE_PORT, 8090)", portOf)
  .option("--parties <file>", "YAML file of organisations, clients, connections and contracts")
  .option("--currency <code>", "ISO 4217 code of amounts, which the standard sends without one", "GBP")
  .addOption(new Option("--clock <whose>", "the time of the demo city that started it").choices(["parent"]).hideHelp())
  .option("--allow-origin <url...>", "deliver to this origin although it is not public or not https: on this machine, for trying out")
  .option("--offer-logins", "the sign-in page offers the clients of the parties file: on this machine, for trying out")
  .action(async (flags: ExchangeFlags) => (await import("./app/run.ts")).exchange(flags));

program.command("sandbox")
  .description("try the exchange: two operators, two providers, enforcement, mock apps and the messages live")
  .option("--data <dir>", "folder of its database, keys and credentials (./data/sandbox)")
  .option("--host <host>", "address to listen on (127.0.0.1)")
  .option("--port <n>", "port to listen on (8090)", portOf)
  .action(async (flags: SandboxFlags) => (await import("./app/run.ts")).sandbox(flags));

program.command("bench")
  .description("measure gate decisions over HTTP on this machine; needs the repository")
  .action(async () => (await import("./app/run.ts")).bench());

addConformanceCommand(program);
addConfigCommands(program);
addTariffCommands(program);
// The journal's commands bring the whole domain with them: only when one of them is asked for, or help.
const words = process.argv.slice(2);
const help = words[0] === undefined || ["help", "--help", "-h"].includes(words[0]);
if (help || words[0] === "simulate") (await import("./simulator/command.ts")).addSimulateCommand(program);
if (help || ["journal", "export", "import"].includes(words[0] ?? "")) {
  const { addJournalCommands } = await import("./journal/command.ts");
  const { journalDeps } = await import("./app/journal-deps.ts");
  addJournalCommands(program, journalDeps(process.env["GATEHOUSE_DATABASE_URL"] ?? process.env["DATABASE_URL"]));
}
addScenarioCommand(program, async () => (await import("./app/scenario-desk.ts")).openScenarioDesk);

await program.parseAsync();
