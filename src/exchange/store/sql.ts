/** Statements put together from pieces; every value is a parameter, never text. */
export class Sql {
  readonly parts: readonly string[];
  readonly values: readonly unknown[];

  constructor(parts: readonly string[], values: readonly unknown[]) {
    this.parts = parts;
    this.values = values;
  }

  /** `{ text: "... $1 ...", values }` as the driver takes it. */
  get query(): { readonly text: string; readonly values: unknown[] } {
    const values: unknown[] = [];
    const text = (piece: Sql): string => piece.parts.reduce((done, part, i) => {
      const value = piece.values[i - 1];
      if (value instanceof Sql) return done + text(value) + part;
      values.push(value);
      return `${done}$${values.length}${part}`;
    });
    return { text: text(this), values };
  }
}

export const sql = (parts: TemplateStringsArray, ...values: readonly unknown[]): Sql => new Sql(parts, values);

export const joined = (pieces: readonly Sql[], between: " and " | " or " | ", "): Sql =>
  pieces.length === 0 ? sql`true` : new Sql(["", ...pieces.slice(1).map(() => between), ""], pieces);
