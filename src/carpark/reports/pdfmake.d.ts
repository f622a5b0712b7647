/** The part of pdfmake's server side that the reports use; the package brings no types. */
declare module "pdfmake" {
  type PdfDocument = { getBuffer(): Promise<Buffer> };
  const pdfmake: {
    setFonts(fonts: Record<string, Record<string, string>>): void;
    setUrlAccessPolicy(allow: (url: string) => boolean): void;
    setLocalAccessPolicy(allow: (path: string) => boolean): void;
    createPdf(definition: Record<string, unknown>): PdfDocument;
  };
  export default pdfmake;
}
declare module "pdfmake/fonts/Roboto.js" {
  const fonts: Record<string, Record<string, string>>;
  export default fonts;
}
