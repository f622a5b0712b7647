/**
 * The layers, as rules a tool enforces: imports run downward only.
 *
 *   kernel < tariff < rights < carpark (nouns) < carpark/application, readmodels, reports < api, devices, simulator < app, main
 *
 * Words (messages) name the things of the domain, so they see its types; the domain never sees words.
 */
const NOUNS = "claim|counting|facility|fault|guard|intercom|lane|office|operator|paystation|rights|stay|ticket|waiting|books";
const TEST = "[.]test[.]tsx?$";

const never = (name, comment, from, to) => ({ name, comment, severity: "error", from: { ...from, pathNot: [TEST, ...(from.pathNot ?? [])] }, to });
/** `folder` may import these of our own folders and nothing else of ours. */
const only = (folder, allowed, comment, files = []) =>
  never(`${folder}-imports`, comment, { path: `^src/${folder}/` }, { path: "^src/", pathNot: [...[folder, ...allowed].map((one) => `^src/${one}/`), ...files] });

module.exports = {
  forbidden: [
    only("kernel", [], "The kernel imports nothing of ours."),
    only("tariff", ["kernel"], "What time costs knows nobody."),
    only("rights", ["kernel", "tariff"], "Who may park uses the tariff."),
    never("carpark-domain-imports", "A noun of the car park is pure: kernel, tariff, rights and other nouns.",
      { path: `^src/carpark/(${NOUNS})/` },
      { path: "^src/", pathNot: ["^src/(kernel|tariff|rights)/", `^src/carpark/(${NOUNS})/`] }),
    never("carpark-adapters-imports", "Application, read models and reports know the journal and words, not the web.",
      { path: "^src/carpark/(application|readmodels|reports)/" },
      { path: "^src/(api|app|devices|simulator|console|pages|postgres|config)/" }),
    only("conformance", [], "The checklist knows a server by HTTP alone.", ["^src/tariff/examples/vectors[.]json$"]),
    only("partner", ["messages", "tariff", "kernel"], "The sandbox's pages are clients of the exchange: words, prices and the contract with their server.",
      ["^src/kiosk/shared/", "^src/exchange-pages/", "^src/sandbox/contract[.]ts$"]),
    only("sandbox", [], "The sandbox stands before an exchange and knows it by HTTP alone."),
    only("journal", ["kernel", "postgres"], "The journal knows no car park."),
    never("exchange-domain-imports", "The exchange knows the standard and the tariff; a car park reaches it over HTTP like any operator.",
      { path: "^src/exchange/", pathNot: ["^src/exchange/store/"] }, { path: "^src/", pathNot: ["^src/(exchange|kernel|tariff)/"] }),
    never("exchange-nouns", "A resource is pure: it decides on what it is given.",
      { path: "^src/exchange/(place|rightspec|ratetable|assignedright|session|versioning|tolerance|query|apds|client)/" },
      { path: "^src/exchange/(store|http|application)/" }),
    only("exchange/store", ["exchange", "kernel", "journal/(seal|keyFile|migrate|schema)[.]ts$|^src/postgres"],
      "Its store seals plates and migrates as the journal does; it knows no car park."),
    never("nobody-imports-exchange", "Only what runs the exchange imports it; everybody else speaks HTTP to it.",
      { path: "^src/", pathNot: ["^src/exchange/", "^src/app/"] }, { path: "^src/exchange/", pathNot: "^src/exchange/pages/contract[.]ts$" }),
    only("exchange-pages", ["messages", "kernel"], "The exchange's pages know the contract with their server, and words.",
      ["^src/kiosk/shared/", "^src/exchange/pages/contract[.]ts$"]),
    only("exchange-link", ["kernel", "tariff", "rights", "carpark", "journal"], "Our car parks speak to any exchange over HTTP; what they say comes from the car park."),
    only("postgres", ["kernel"], "The database server knows no car park."),
    only("devices", ["kernel", "carpark"], "Device agents know the car park's commands and outputs."),
    only("simulator", ["kernel", "tariff", "rights", "carpark", "devices", "journal"], "The simulated world stands where devices stand."),
    only("config", ["kernel", "carpark", "tariff", "rights", "devices"], "The city's file makes configurations; it names families of devices.",
      ["^src/exchange-link/address[.]ts$"]),
    never("messages-imports", "Words see types of what they name, never the web or a store.",
      { path: "^src/messages/" }, { path: "^src/(api|app|journal|postgres|devices|simulator|console|config)/" }),
    never("nobody-imports-app", "Only main and app wire things.", { path: "^src/", pathNot: ["^src/app/", "^src/main[.]ts$"] }, { path: "^src/(app/|main[.]ts)" }),
    never("api-below-app", "The API knows ports, not the servers behind them.", { path: "^src/api/" }, { path: "^src/(postgres|simulator/(?!world/(action|view)))", dependencyTypesNot: ["type-only"] }),
    never("browser-pages", "Pages in the browser share types, words and the kernel with the server, no server code.",
      { path: "^src/(console|kiosk|pages/(?!server/))" },
      { path: "^src/(app|journal|postgres|api/(http|handlers|logins|live|pages|views))/", dependencyTypesNot: ["type-only"] }),
    {
      name: "no-cycles", comment: "Folders do not need each other in a circle; two functions of one folder may.", severity: "error",
      from: { path: "^src/(.+)/[^/]+$", pathNot: TEST },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] }, via: { pathNot: "^src/$1/[^/]+$" } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs", ".json"], exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
    exclude: { path: "^(node_modules|dist)" },
  },
};
