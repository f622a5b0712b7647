/** Keys of the page: N new car, 1 to 9 what can be done, P pause. Not while somebody types or holds a modifier. */
import { useEffect, useRef } from "react";

type Keys = { readonly onNew: () => void; readonly onNumber: (n: number) => void; readonly onPause: () => void };

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => { latest.current = keys; });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target?.closest("input, select, textarea")) return;
      if (/^[1-9]$/.test(event.key)) latest.current.onNumber(Number(event.key));
      else if (event.key === "n" || event.key === "N") latest.current.onNew();
      else if (event.key === "p" || event.key === "P") latest.current.onPause();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
