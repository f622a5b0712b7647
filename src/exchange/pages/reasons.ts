/** Why the pages' server refuses, and the status of each; the words a person reads are the page's own. */
import { refusal, Refused, type ResponseStatus } from "../http/status.ts";
import type { PageReason } from "./contract.ts";

const REASONS: Readonly<Record<PageReason, readonly [status: number, message: string]>> = {
  signInRefused: [401, "client and secret do not match"],
  notSignedIn: [401, "sign in first"],
  otherSite: [403, "only from our own pages"],
  notForRole: [403, "not for this role"],
  notUnderstood: [400, "the request is not understood"],
  noPlace: [404, "no such place"],
  noContract: [403, "no contract for this place"],
  noRecord: [404, "no such record"],
  clientExists: [409, "a client of this id exists"],
  noOrganisation: [404, "no such organisation"],
  noClient: [404, "no such client, or it is revoked"],
  ownClient: [409, "you are signed in with this client"],
  noDeadLetter: [404, "no such dead letter"],
};

class PageRefused extends Refused {
  override readonly body: ResponseStatus & { readonly reason: PageReason };

  constructor(reason: PageReason) {
    const [status, message] = REASONS[reason];
    super(status, message);
    this.body = { ...refusal(status, message), reason };
  }
}

export const refusedWith = (reason: PageReason): Refused => new PageRefused(reason);
