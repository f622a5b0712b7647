/** The pages of the console: where they are, who sees them, and the letter that goes there. */
import {
  IconAdjustments, IconBook2, IconBuildingSkyscraper, IconCashRegister, IconChartBar, IconFileInvoice, IconFlask, IconHeadset, IconId, IconLayoutDashboard, IconReceipt2, IconServer2,
  IconQuestionMark, IconSettings, IconShieldHalf, IconTicket, IconTool, IconTrafficLights, IconUserSquare, IconUsers, type TablerIcon,
} from "@tabler/icons-react";
import { ADMINISTRATORS, GUARD_WATCHERS, OPERATORS, WATCHERS } from "../../api/contract/access.ts";
import { ROLE_NAMES } from "./roles.ts";
import type { Role } from "../../api/contract/login.ts";
import type { ShellKeys } from "./words.ts";

export type NavKey = Extract<keyof ShellKeys,
  | "overview" | "live" | "tickets" | "office" | "stays" | "tariff" | "calls" | "logbook" | "faults" | "guards" | "seasons"
  | "reports" | "ruleLab" | "accounts" | "statements" | "policies" | "decisions" | "staff" | "system" | "settings">;
export type NavItem = {
  readonly key: NavKey;
  readonly letter: string;
  readonly icon: TablerIcon;
  readonly roles: readonly Role[];
  readonly within: "city" | "facility";
  readonly path: string;
};

export const NAV: readonly NavItem[] = [
  { key: "overview", letter: "o", icon: IconLayoutDashboard, roles: WATCHERS, within: "city", path: "" },
  { key: "calls", letter: "i", icon: IconHeadset, roles: OPERATORS, within: "city", path: "calls" },
  { key: "live", letter: "l", icon: IconTrafficLights, roles: WATCHERS, within: "facility", path: "" },
  { key: "tickets", letter: "t", icon: IconTicket, roles: OPERATORS, within: "facility", path: "tickets" },
  { key: "office", letter: "k", icon: IconCashRegister, roles: OPERATORS, within: "facility", path: "office" },
  { key: "stays", letter: "s", icon: IconBuildingSkyscraper, roles: OPERATORS, within: "facility", path: "stays" },
  { key: "tariff", letter: "p", icon: IconReceipt2, roles: OPERATORS, within: "facility", path: "tariff" },
  { key: "decisions", letter: "m", icon: IconQuestionMark, roles: OPERATORS, within: "facility", path: "decisions" },
  { key: "policies", letter: "q", icon: IconAdjustments, roles: OPERATORS, within: "facility", path: "policies" },
  { key: "accounts", letter: "c", icon: IconUserSquare, roles: OPERATORS, within: "city", path: "accounts" },
  { key: "statements", letter: "n", icon: IconFileInvoice, roles: OPERATORS, within: "city", path: "statements" },
  { key: "logbook", letter: "b", icon: IconBook2, roles: WATCHERS, within: "city", path: "logbook" },
  { key: "faults", letter: "f", icon: IconTool, roles: WATCHERS, within: "city", path: "faults" },
  { key: "guards", letter: "w", icon: IconShieldHalf, roles: GUARD_WATCHERS, within: "city", path: "guards" },
  { key: "seasons", letter: "d", icon: IconId, roles: OPERATORS, within: "city", path: "seasons" },
  { key: "reports", letter: "r", icon: IconChartBar, roles: WATCHERS, within: "city", path: "reports" },
  { key: "ruleLab", letter: "a", icon: IconFlask, roles: OPERATORS, within: "city", path: "rule-lab" },
  { key: "staff", letter: "u", icon: IconUsers, roles: ADMINISTRATORS, within: "city", path: "staff" },
  { key: "system", letter: "y", icon: IconServer2, roles: WATCHERS, within: "city", path: "system" },
  { key: "settings", letter: "e", icon: IconSettings, roles: ROLE_NAMES, within: "city", path: "settings" },
];

export function pathOf(item: NavItem, facility: string | null): string | null {
  if (item.within === "city") return `/${item.path}`;
  if (facility === null) return null;
  return item.path === "" ? `/f/${facility}` : `/f/${facility}/${item.path}`;
}
