/** The one part of a multipart body that is not a picture. Part names and media differ from firmware to firmware. */

/** A camera sends a message and up to four pictures. */
const PARTS_MAX = 10;

/** Text of the first XML, JSON or plain part; null when there is none. Pictures are skipped. */
export function messagePart(media: string, body: string): { readonly media: string; readonly text: string } | null {
  const given = /boundary=(?:"([^"]{1,100})"|([^\s;]{1,100}))/i.exec(media);
  const boundary = given?.[1] ?? given?.[2];
  if (boundary === undefined) return null;
  const parts = body.split(`--${boundary}`, PARTS_MAX + 2).slice(1);
  for (const part of parts) {
    const split = /\r?\n\r?\n/.exec(part);
    if (!split) continue;
    const headers = part.slice(0, split.index);
    const type = /^content-type:\s*([^\r\n]+)/im.exec(headers)?.[1]?.trim().toLowerCase() ?? "";
    const name = /name="([^"]{0,100})"/i.exec(headers)?.[1] ?? "";
    const text = part.slice(split.index + split[0].length).replace(/\r?\n$/, "");
    if (text.trim() === "") continue;
    if (/xml/.test(type) || name.endsWith(".xml")) return { media: "application/xml", text };
    if (/json/.test(type) || name.endsWith(".json")) return { media: "application/json", text };
    if (type.startsWith("text/plain")) return { media: "text/plain", text };
  }
  return null;
}
