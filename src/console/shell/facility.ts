/** The car park staff work at: the one in the address, else the one chosen last, else the first. */
import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useOverview } from "./live.tsx";

const STORED = "gatehouse.facility";

export function useChosenFacility(): string | null {
  const { pathname } = useLocation();
  const overview = useOverview();
  const inPath = /^\/f\/([^/]+)/.exec(pathname)?.[1] ?? null;
  useEffect(() => {
    if (inPath !== null) localStorage.setItem(STORED, inPath);
  }, [inPath]);
  return inPath ?? localStorage.getItem(STORED) ?? overview.data?.facilities[0]?.id ?? null;
}
