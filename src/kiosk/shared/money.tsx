/** Coins and notes as buttons that look like what they are; values in minor units. */
import { moneyText } from "../../messages/format.ts";
import { usePrefs } from "./prefs.tsx";

type MoneyButtonProps = {
  readonly kind: "coin" | "note";
  readonly minor: number;
  readonly currency: string;
  readonly label: string;
  readonly onGive: () => void;
};

export function MoneyButton({ kind, minor, currency, label, onGive }: MoneyButtonProps) {
  const { locale } = usePrefs();
  return (
    <button type="button" className={`money ${kind} ${minor >= 100 && kind === "coin" ? "gold" : ""}`}
      aria-label={label} onClick={onGive}>
      <span aria-hidden="true">{faceText(locale, minor, currency)}</span>
    </button>
  );
}

/** "50c" and "$2" as on the coin itself; other currencies by their own short form. */
function faceText(locale: "en" | "de", minor: number, currency: string): string {
  if (minor < 100 && (currency === "AUD" || currency === "EUR" || currency === "USD")) return `${minor}c`;
  return moneyText(locale, minor, currency).replace(/[.,]00/, "").replace(/\s/g, "");
}
