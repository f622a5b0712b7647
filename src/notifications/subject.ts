/** Nothing in a subject becomes a header. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
