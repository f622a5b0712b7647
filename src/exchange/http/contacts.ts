/** The directory that gives meaning to the ids of operators, providers and enforcement suppliers. */
import type { FastifyInstance } from "fastify";
import type { Role } from "../client/caller.ts";
import { ROLES } from "../client/caller.ts";
import type { Organisation, Parties } from "../store/parties.ts";
import type { Clock } from "../store/store.ts";
import type { Authentication } from "./auth.ts";
import { refuseOtherMethods } from "./resources.ts";
import { Refused } from "./status.ts";

/** Role names of the directory on the wire. */
const TYPE: Readonly<Record<Role, string>> = {
  operator: "operator", serviceProvider: "serviceProvider", enforcement: "enforcementSystemProvider", administrator: "administrator",
};
const LISTED = ROLES.filter((role) => role !== "administrator");

export function registerContacts(app: FastifyInstance, parties: Parties, auth: Authentication, clock: Clock): void {
  void app.register(async (scope) => {
    scope.addHook("onRequest", auth.guard(false));
    scope.get("/contacts", async (request) => {
      const { type } = request.query as { readonly type?: string };
      const asked = type === undefined ? LISTED : LISTED.filter((role) => type.split(",").includes(TYPE[role]));
      const data = (await parties.organisations(asked)).map(contactOf);
      return { meta: { referenceInstant: Math.floor(clock.now() / 1_000), offset: 0, pageSize: Math.max(1, data.length), total: data.length }, data };
    });
    scope.get("/contacts/:id", async (request) => {
      const { id } = request.params as { readonly id: string };
      const found = (await parties.organisations(LISTED)).find((one) => one.id === id);
      if (!found) throw new Refused(404, "no such object");
      return contactOf(found);
    });
    refuseOtherMethods(scope, "/contacts", ["GET"]);
    refuseOtherMethods(scope, "/contacts/:id", ["GET"]);
  });
}

const contactOf = ({ id, version, name, role }: Organisation): object =>
  ({ id, version, organisationName: [{ language: "en", string: name }], type: TYPE[role], contactType: "contactPoint" });
