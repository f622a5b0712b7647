/** Durations of the wire. `P3599S` has lost its T; `PTM3M` is no duration; `P15M` is legal and means months. */
const ISO = /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;

export type ReadDuration = { readonly text: string; readonly suspicious: boolean };

export function readDuration(sent: string): ReadDuration | undefined {
  const text = sent.trim().toUpperCase();
  const seconds = /^P(\d+)S$/.exec(text);
  if (seconds) return { text: `PT${seconds[1]}S`, suspicious: true };
  if (!ISO.test(text)) return undefined;
  return { text, suspicious: text !== sent || /^P\d+M$/.test(text) };
}
