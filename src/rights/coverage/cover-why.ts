/** Why a piece of time is paid as it is: the cover as data and sentence. */
import { type Why, because } from "../why.ts";
import type { Cover } from "./scene.ts";

export function coverWhy(cover: Cover): Why {
  switch (cover.type) {
    case "booking": return because("coverBooking", { right: cover.booking });
    case "seasonTicket": return because("coverSeason", { right: cover.right });
    case "contract": return because("coverContract", { right: cover.contract });
    case "kept": return because(cover.because === "expiredRight" ? "keptExpired" : "keptWindow",
      { right: cover.contract }, { key: cover.because, value: "free" });
    case "external": return because("coverExternal", { right: cover.right, provider: cover.provider });
    case "service": return because("coverService", { right: cover.right });
    case "reported": return because("coverReported");
    case "uncovered": return because("coverNone");
  }
}
