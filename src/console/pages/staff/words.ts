import { words } from "../../words/words.ts";

export const staffWords = words({
  title: "Staff accounts", list: "Accounts", create: "New account", name: "Name", nameHint: "Small letters, digits, dot and dash; used to sign in", password: "Password", passwordHint: "At least {min} characters", roles: "Roles", company: "Security company", companyHint: "Only for the role Security company", none: "No accounts",
  active: "Active", inactive: "Locked", lastLogin: "Last sign-in", never: "never", change: "Change", changeTitle: "Change {name}", changeHint: "Empty: stays as it is", created: "Account created", changed: "Account changed", state: "State", noCompany: "None",
}, {
  title: "Benutzerkonten", list: "Konten", create: "Neues Konto", name: "Name", nameHint: "Kleinbuchstaben, Ziffern, Punkt und Strich; damit wird angemeldet", password: "Kennwort", passwordHint: "Mindestens {min} Zeichen", roles: "Rollen", company: "Sicherheitsfirma", companyHint: "Nur für die Rolle Sicherheitsfirma", none: "Keine Konten",
  active: "Aktiv", inactive: "Gesperrt", lastLogin: "Letzte Anmeldung", never: "nie", change: "Ändern", changeTitle: "{name} ändern", changeHint: "Leer: bleibt, wie es ist", created: "Konto angelegt", changed: "Konto geändert", state: "Zustand", noCompany: "Keine",
});
