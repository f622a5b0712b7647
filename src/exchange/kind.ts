/**
 * The five resources. Everything they have in common (versions, lists, deletion) is written once and asks
 * this table for the rest.
 */
export const KINDS = ["place", "rightSpecification", "rateTable", "assignedRight", "session"] as const;
export type Kind = (typeof KINDS)[number];

export type KindFacts = {
  readonly path: string;
  /** Name of the model in the standard's schemas. */
  readonly schema: "HierarchyElement" | "RightSpecification" | "RateTable" | "AssignedRight" | "Session";
  /** How references to it and its events are called. */
  readonly className: string;
  readonly topic: string;
  /** Creating a rate table answers 200 in the platform's documents; all others 201. */
  readonly createdStatus: 200 | 201;
  readonly pageSize: number;
};

/** Page sizes are the pilot's: 100 of everything, 200 places. */
export const KIND: Readonly<Record<Kind, KindFacts>> = {
  place: { path: "/places", schema: "HierarchyElement", className: "Place", topic: "Place", createdStatus: 201, pageSize: 200 },
  rightSpecification: {
    path: "/rights/specs", schema: "RightSpecification", className: "RightSpecification", topic: "RightSpecification", createdStatus: 201, pageSize: 100,
  },
  rateTable: { path: "/rates", schema: "RateTable", className: "RateTable", topic: "RateTable", createdStatus: 200, pageSize: 100 },
  assignedRight: { path: "/rights/assigned", schema: "AssignedRight", className: "AssignedRight", topic: "AssignedRight", createdStatus: 201, pageSize: 100 },
  session: { path: "/sessions", schema: "Session", className: "Session", topic: "Session", createdStatus: 201, pageSize: 100 },
};
