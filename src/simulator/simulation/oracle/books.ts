/** The product's own books, kept along with the decisions (E10, E11, E14, E17, E18). */
import { booksViolations, emptyBooks, enter, foldBooks } from "../../../carpark/books/books.ts";
import type { Recorded } from "../../../carpark/facility/event.ts";
import type { Oracle, Report } from "./oracle.ts";

/** Events between two looks at all accounts; each event's own sum is looked at at once. */
const LOOK_EVERY = 50;

export function booksOracle(report: Report, journal: () => readonly Recorded[]): Oracle {
  let books = emptyBooks();
  let told = 0;
  let since = 0;
  return {
    afterStep(step) {
      for (const event of step.events) enter(books, event);
      since += step.events.length;
      for (const { invariant, text } of books.violations.slice(told)) report(invariant, text);
      told = books.violations.length;
      if (since < LOOK_EVERY) return;
      since = 0;
      for (const { invariant, text } of booksViolations(books, step.core.state).slice(told)) report(invariant, text);
    },
    onRestart() {
      books = foldBooks(journal());
      told = books.violations.length;
    },
  };
}
