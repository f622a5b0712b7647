/**
 * The edits to the published APDS models, one by one. `level` says why:
 *   defect    no value, or no tool, can satisfy what is published
 *   platform  the national platform's level of the standard (2025) differs from the published models (2022)
 *   profile   ours: members the flows need, and members the server fills in, so that nobody must send them
 *
 * Each edit fails when it no longer finds what it repairs.
 */
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const dateTime = { type: "string", format: "date-time" };

function need(condition, what) {
  if (!condition) throw new Error(`the models have changed: ${what}`);
}

/** The part of a schema that has this property, through allOf. */
function ownerOf(schemas, name, property) {
  const parts = [schemas[name], ...(schemas[name]?.allOf ?? [])];
  const found = parts.find((part) => part?.properties?.[property] !== undefined);
  need(found, `${name}.${property}`);
  return found;
}

function optional(schemas, name, ...properties) {
  for (const property of properties) {
    const part = [schemas[name], ...(schemas[name]?.allOf ?? [])].find((one) => one?.required?.includes(property));
    need(part, `${name} requires ${property}`);
    part.required = part.required.filter((one) => one !== property);
  }
}

function addTo(schemas, name, properties) {
  const part = schemas[name].properties ? schemas[name] : schemas[name].allOf.findLast((one) => one.properties);
  for (const [property, schema] of Object.entries(properties)) {
    need(part.properties[property] === undefined, `${name} has no ${property}`);
    part.properties[property] = schema;
  }
}

function readOnly(schemas, name, ...properties) {
  for (const property of properties) {
    const part = ownerOf(schemas, name, property);
    part.properties[property] = { allOf: [part.properties[property]], readOnly: true };
    if (part.required?.includes(property)) part.required = part.required.filter((one) => one !== property);
  }
}

function walk(node, visit) {
  if (node === null || typeof node !== "object") return;
  visit(node);
  for (const value of Object.values(node)) walk(value, visit);
}

/** Applied to file references before they are resolved. */
export const FILE_REPAIRS = [
  { id: "F1", level: "defect", why: "the file is called AssignedTimeRelative", from: "AssignedRightTimeRelative.yaml", to: "AssignedTimeRelative.yaml" },
  { id: "F2", level: "defect", why: "the file is called VehicleAncillaryIdentification", from: "VehicleAncilliaryIdentification.yaml", to: "VehicleAncillaryIdentification.yaml" },
];

export const REPAIRS = [
  {
    id: "D1", level: "defect", why: "Reference requires two members and allows one",
    apply: (s) => {
      need(s.Reference.maxProperties === 1, "Reference.maxProperties");
      delete s.Reference.maxProperties;
      delete s.Reference.minProperties;
    },
  },
  {
    id: "D2", level: "defect", why: "HolderCredential is one of three schemas that are the same, so a value matches none or all",
    apply: (s) => {
      need(s.HolderCredential.oneOf?.length === 3, "HolderCredential.oneOf");
      s.HolderCredential = { allOf: [ref("CredentialAssigned")] };
    },
  },
  {
    id: "D3", level: "defect", why: "enumerations list a value twice",
    apply: (s) => {
      let found = 0;
      walk(s, (node) => {
        if (!Array.isArray(node.enum) || new Set(node.enum).size === node.enum.length) return;
        node.enum = [...new Set(node.enum)];
        found++;
      });
      need(found > 0, "duplicate enumeration values");
    },
  },
  {
    id: "D4", level: "defect", why: "a boolean's default is a text",
    apply: (s) => {
      need(s.EventSubscription.properties.includeChildrenEvents.default === "false", "includeChildrenEvents.default");
      s.EventSubscription.properties.includeChildrenEvents.default = false;
    },
  },
  {
    id: "D5", level: "defect", why: "exclusiveMinimum is a boolean beside minimum; JSON Schema since 2019 has a number",
    apply: (s) => {
      let found = 0;
      walk(s, (node) => {
        if (node.exclusiveMinimum !== true) return;
        node.exclusiveMinimum = node.minimum;
        delete node.minimum;
        found++;
      });
      need(found === 4, "four boolean exclusiveMinimum");
    },
  },
  {
    id: "D6", level: "defect", why: "Session.hierarchyElement is misspelt",
    apply: (s) => {
      const part = ownerOf(s, "Session", "hierachyElement");
      part.properties.hierarchyElement = part.properties.hierachyElement;
      delete part.properties.hierachyElement;
    },
  },
  {
    id: "D7", level: "defect", why: "alternatives that overlap: a value may match several of them",
    apply: (s) => {
      for (const name of ["PointLocation", "AreaLocation", "PeriodsOrValidity", "AssignedTimeRelative"]) {
        need(s[name].oneOf, `${name}.oneOf`);
        s[name].anyOf = s[name].oneOf;
        delete s[name].oneOf;
      }
      const contacts = ownerOf(s, "CommonComponents", "contacts").properties.contacts.items;
      need(contacts.oneOf, "CommonComponents.contacts.oneOf");
      contacts.anyOf = contacts.oneOf;
      delete contacts.oneOf;
    },
  },
  {
    id: "D8", level: "defect", why: "class names such as UKNumberPlate do not match the published pattern",
    apply: (s) => {
      need(s.VersionedReference.properties.className.pattern === "^([A-Z][a-z0-9]+)+", "className.pattern");
      s.VersionedReference.properties.className.pattern = "^[A-Z]+[A-Za-z0-9]+";
    },
  },
  {
    id: "P1", level: "platform", why: "an element of type parkingPlace is called place",
    apply: (s) => {
      need(s.HierarchyElementTypeEnum.enum.includes("parkingPlace"), "parkingPlace");
      s.HierarchyElementTypeEnum.enum = s.HierarchyElementTypeEnum.enum.map((one) => (one === "parkingPlace" ? "place" : one));
    },
  },
  {
    id: "P2", level: "platform", why: "characteristics and placeStreetAddress are one object, not a list",
    apply: (s) => {
      for (const [name, property] of [["CommonComponents", "characteristics"], ["Place", "placeStreetAddress"]]) {
        const part = ownerOf(s, name, property);
        need(part.properties[property].type === "array", `${name}.${property} is a list`);
        part.properties[property] = part.properties[property].items;
      }
    },
  },
  {
    id: "P3", level: "platform", why: "operatorDefinedReference is a reference; responsibilities of organisations are new",
    apply: (s) => {
      ownerOf(s, "HierarchyElementGeneral", "operatorDefinedReference").properties.operatorDefinedReference = ref("VersionedReference");
      s.ResponsibilityRoleAssignment = {
        type: "object", required: ["type"],
        properties: { type: { type: "string" }, contactPoints: { type: "array", items: ref("VersionedReference") } },
      };
      addTo(s, "HierarchyElementGeneral", { responsibilityRoleAssignments: { type: "array", items: ref("ResponsibilityRoleAssignment") } });
    },
  },
  {
    id: "P4", level: "platform", why: "a rate table has a validity; the required list still names members that are gone, so they bind nobody",
    apply: (s) => {
      const part = ownerOf(s, "RateTable", "validityStart");
      for (const gone of ["validityStart", "validityEnd", "activeTimes"]) delete part.properties[gone];
      addTo(s, "RateTable", { validity: ref("Validity") });
      optional(s, "RateTable", "validityStart", "activeTimes");
    },
  },
  {
    id: "P5", level: "platform", why: "the standard's own examples leave these out and begin counting at 0",
    apply: (s) => {
      optional(s, "RateLineCollection",
        "applicableCurrency", "collectionSequence", "minTime", "maxTime", "relativeTimes", "resetTime", "taxIncluded", "validStart");
      for (const [name, property] of [["RateLineCollection", "collectionSequence"], ["RateLine", "sequence"]]) {
        need(s[name].properties[property].minimum === 1, `${name}.${property}.minimum`);
        s[name].properties[property].minimum = 0;
      }
    },
  },
  {
    id: "P6", level: "platform", why: "a right specification has a validity and says what happens at a tariff's edge",
    apply: (s) => {
      s.RateTransition = {
        type: "object",
        properties: {
          overpaymentPolicy: { type: "string", enum: ["rateEndCutOff", "fullTimePurchased", "creditCarryOver"] },
          followThroughAllowed: { type: "boolean" }, prepaymentAllowed: { type: "boolean" }, reservationAvailable: { type: "boolean" },
        },
      };
      addTo(s, "RightSpecification", { rateTransition: ref("RateTransition") });
      ownerOf(s, "RightSpecification", "validity").required.push("validity");
    },
  },
  {
    id: "P7", level: "platform", why: "nobody eligible named means everybody; an identity of an entry of a list is not needed",
    apply: (s) => {
      optional(s, "RateEligibility", "eligibility");
      for (const name of ["RateEligibility", "Payment", "PaymentLine", "Segment"]) {
        s[name].allOf = s[name].allOf.map((part) => (part.$ref?.endsWith("/VersionedIdentity") ? structuredClone({ type: "object", properties: s.VersionedIdentity.properties }) : part));
      }
    },
  },
  {
    id: "P8", level: "platform", why: "a credential's issuer may be unknown, its type may not",
    apply: (s) => {
      optional(s, "CredentialAssigned", "issuer");
      s.CredentialAssigned.allOf[0].required.push("type");
    },
  },
  {
    id: "P9", level: "platform", why: "what kind of holder a credential belongs to is a member",
    apply: (s) => addTo(s, "CredentialAssigned", { credentialAssignedType: { type: "string", enum: ["vehicle", "customer", "other"] } }),
  },
  {
    id: "P10", level: "platform", why: "an active right needs no time specification",
    apply: (s) => optional(s, "Validity", "validityTimeSpecification"),
  },
  {
    id: "P11", level: "platform", why: "a validity's period may have no beginning",
    apply: (s) => optional(s, "OverallPeriod", "overallStartTime"),
  },
  {
    id: "P12", level: "platform", why: "a payment says when it was authorised",
    apply: (s) => addTo(s, "Payment", { dateAuthorised: dateTime }),
  },
  {
    id: "P13", level: "platform", why: "the issuer of an assigned right is a reference with a version",
    apply: (s) => { ownerOf(s, "AssignedRight", "assignedRightIssuer").properties.assignedRightIssuer = ref("VersionedReference"); },
  },
  {
    id: "P14", level: "platform", why: "a segment refers to a right; a right sent inside it is made and then referred to, or made by us",
    apply: (s) => {
      ownerOf(s, "Segment", "assignedRight").properties.assignedRight = ref("VersionedReference");
      optional(s, "Segment", "assignedRight");
    },
  },
  {
    id: "P15", level: "platform", why: "rate lines have an identity, payments refer to it; so have their collections",
    apply: (s) => {
      for (const name of ["RateLine", "RateLineCollection"]) addTo(s, name, { id: { type: "string" }, version: { type: "integer", minimum: 1 } });
    },
  },
  {
    id: "P19", level: "platform", why: "times of a stay are written as hh:mm, dd:hh:mm, a duration, or whole seconds as in the use cases",
    apply: (s) => {
      for (const member of ["durationStart", "durationEnd"]) {
        need(s.RateLine.properties[member].type === "string", `RateLine.${member}`);
        s.RateLine.properties[member] = { anyOf: [{ type: "string" }, { type: "integer", minimum: 0 }] };
      }
    },
  },
  {
    id: "P18", level: "platform", why: "the least and the most of a collection are amounts with a currency; bare numbers are still sent",
    apply: (s) => {
      for (const member of ["minValueCollection", "maxValueCollection"]) {
        need(s.RateLineCollection.properties[member].type === "number", `RateLineCollection.${member}`);
        s.RateLineCollection.properties[member] = { anyOf: [ref("AmountInCurrency"), { type: "number" }] };
      }
    },
  },
  {
    id: "P16", level: "platform", why: "a place may be closed for a time",
    apply: (s) => {
      need(!s.OperatingRestrictionsEnum.enum.includes("closed"), "OperatingRestrictionsEnum.closed");
      s.OperatingRestrictionsEnum.enum.push("closed");
    },
  },
  {
    id: "P17", level: "platform", why: "a contact says which form it has, and restrictions of a place when they apply",
    apply: (s) => {
      for (const name of ["ContactPoint", "ContactByReference"]) addTo(s, name, { contactType: { type: "string", enum: ["contactPoint", "contactByReference"] } });
      addTo(s, "OperatingRestrictions", { times: ref("OverallPeriod") });
    },
  },
  {
    id: "X1", level: "profile", why: "the flows carry money per segment; the published property is missing, its schema is an orphan",
    apply: (s) => {
      addTo(s, "Segment", { financialTransactions: { type: "array", items: ref("FinancialTransaction") } });
      optional(s, "FinancialTransaction", "serviceProvider");
      s.FinancialTransaction.type = "object";
    },
  },
  {
    id: "X2", level: "profile", why: "filled in by the server from the token or from other objects",
    apply: (s) => {
      readOnly(s, "HierarchyElementGeneral", "childIds", "rightSpecifications", "hierarchyElementRecord");
      readOnly(s, "RightSpecification", "issuer");
      readOnly(s, "RateTable", "rateResponsibleParty");
      readOnly(s, "AssignedRight", "assignedRightIssuer");
      readOnly(s, "Session", "initiator");
      readOnly(s, "Payment", "serviceProvider");
      readOnly(s, "MonetaryValue", "serviceProvider");
    },
  },
  {
    id: "X3", level: "profile", why: "the element of an occupancy is the place it is sent for",
    apply: (s) => optional(s, "HierarchyElementReference", "elementId"),
  },
  {
    id: "X4", level: "profile", why: "one schema for every kind of place: which members apply follows from type",
    apply: (s) => {
      const kinds = ["Place", "SubplaceElement", "IdentifiedArea", "Space"];
      const properties = {};
      for (const kind of kinds) {
        for (const part of s[kind].allOf) Object.assign(properties, part.properties ?? {});
      }
      delete properties.type;
      s.HierarchyElement = { allOf: [ref("HierarchyElementGeneral"), { type: "object", properties }, ref("CommonComponents")] };
      s.HierarchyElementData = { allOf: [ref("HierarchyElement")] };
    },
  },
  {
    id: "X5", level: "profile", why: "two-letter countries are sent in either case",
    apply: (s) => {
      need(s.CountryCode.pattern === "^[a-z]{2}$", "CountryCode.pattern");
      s.CountryCode.pattern = "^[A-Za-z]{2}$";
    },
  },
  {
    id: "X6", level: "profile", why: "other systems are told about their alerts as well",
    apply: (s) => s.EventTypeEnum.enum.push("SystemEvents"),
  },
];
