/** Rate tables: published as they are. How a table is read is told to its sender; nothing is rewritten. */
import { err, ok } from "../../kernel/result.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import type { Json, JsonObject } from "../json.ts";
import { objectsOf, textOr } from "../json.ts";
import { type Draft, NO_FACTS, NO_NEEDS, NOTHING_ELSE, type Noun } from "../noun.ts";
import { type Problem, problem } from "../problem.ts";
import { validityAliases } from "../rightspec/rightspec.ts";
import { readDuration } from "../tolerance/duration.ts";
import { inList, renamed } from "../tolerance/rename.ts";
import type { Lint } from "../tolerance/deviations.ts";

export const rateTable: Noun = {
  aliases: (sent, lint) => inList(validityAliases(sent, lint), "rateLineCollections", (collection, i) =>
    inList(collection, "rateLines", (line, j) => {
      const at = `/rateLineCollections/${i}/rateLines/${j}`;
      const ends = renamed(
        renamed(line, "durationStartTime", "durationStart", "T31", lint, at), "durationEndTime", "durationEnd", "T31",
        lint, at
      );
      return ends;
    })),

  complete: (body) => body,
  needs: () => NO_NEEDS,

  decide: (draft) => {
    const problemFound = linesProblem(draft);
    if (problemFound) return err(problemFound);
    const { body, caller, current, lint } = draft;
    const owner = current?.owner ?? caller.organisation;
    warnOfSequences(body, lint);
    const message = warnOfTiers(body, lint);
    return ok({
      body: { ...body, rateResponsibleParty: { id: owner, version: 1, className: ORGANISATION_CLASS.operator } },
      facts: { ...NO_FACTS, owner, operator: owner, availability: textOr(body["availability"], null) },
      credentials: [], references: [], place: null, also: NOTHING_ELSE, ...(message === undefined ? {} : { message }),
    });
  },

  removal: () => ok(NOTHING_ELSE),

  expandable: {
    rateLineCollections: ["rateLineCollections"],
    "rateLineCollections.rateLines": ["rateLineCollections", "rateLineCollections.rateLines"],
  },
};

const linesOf = (collection: JsonObject): readonly JsonObject[] => objectsOf(collection["rateLines"]);
const collectionsOf = (body: JsonObject): readonly JsonObject[] => objectsOf(body["rateLineCollections"]);

function linesProblem({ body }: Draft): Problem | undefined {
  const lines = collectionsOf(body).flatMap(linesOf);
  const wrongEnd = ["durationStart", "durationEnd"].find((member) => lines.some((line) => !isTimeOfStay(line[member])));
  if (wrongEnd !== undefined) return problem("notUnderstood", `${wrongEnd}: a time of the stay is hh:mm, dd:hh:mm or PT3600S`);
  if (lines.some((line) => /^P\d*[YM]|^P\d+Y\d*M/.test(textOr(line["incrementPeriod"], "")))) {
    return problem(
      "unsupported", "incrementPeriod: months and years have no fixed length; write PT15M for fifteen minutes"
    );
  }
  const currencies = new Set(collectionsOf(body).map((one) => textOr(one["applicableCurrency"], null)).filter((one) => one !== null));
  if (currencies.size > 1) return problem("unsupported", "applicableCurrency: one table has one currency");
  return undefined;
}

/** Times of a stay are no ISO durations in the standard; the pilot sent those, the use cases whole seconds. */
function isTimeOfStay(sent: Json | undefined): boolean {
  return sent === undefined || typeof sent === "number" || (typeof sent === "string" && (/^(\d{1,3}:)?\d{1,3}:[0-5]\d$/.test(sent) || readDuration(sent) !== undefined));
}

function warnOfSequences(body: JsonObject, lint: Lint): void {
  collectionsOf(body).forEach((collection, i) => {
    const sequences = linesOf(collection).map((line) => line["sequence"]);
    if (sequences.includes(0) || new Set(sequences).size < sequences.length) lint.add("T15", `/rateLineCollections/${i}/rateLines`);
  });
}

/**
 * Tiers with an end, no period and rising values are read as totals; with the other reading a stay of three
 * hours costs twice as much. The sender is told which one was taken.
 */
function warnOfTiers(body: JsonObject, lint: Lint): string | undefined {
  const ambiguous = collectionsOf(body).some((collection, i) => {
    if (collection["x-tierMode"] !== undefined) return false;
    const lines = linesOf(collection).filter((line) => line["durationEnd"] !== undefined);
    const plain = lines.every((line) => line["incrementPeriod"] === undefined && line["usageCondition"] === undefined);
    const values = lines.map((line) => (typeof line["value"] === "number" ? line["value"] : 0));
    const rising = values.every((value, n) => n === 0 || value >= (values[n - 1] ?? 0)) && new Set(values).size > 1;
    if (lines.length < 2 || !plain || !rising) return false;
    lint.add("tiers", `/rateLineCollections/${i}`);
    return true;
  });
  return ambiguous ? "tiers read as cumulative (the value of a tier is the total of a stay that ends in it); say x-tierMode to be sure" : undefined;
}
