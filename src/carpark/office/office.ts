/** The office: its ticket reader, its till with shifts, and the acts only staff can do. */

export type OfficeEvent = never;

export type OfficeCommand = never;
