/** The car park staff work at: the one in the address, else the one chosen last, else the first. */
import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Overview } from "../../api/contract/live.ts";
import { useQueryClient } from "@tanstack/react-query";

const STORED = "gatehouse.facility";

export function useChosenFacility(): string | null {
  const { pathname } = useLocation();
  const queries = useQueryClient();
  const inPath = /^\/f\/([^/]+)/.exec(pathname)?.[1] ?? null;
  useEffect(() => {
    if (inPath !== null) localStorage.setItem(STORED, inPath);
  }, [inPath]);
  return inPath ?? localStorage.getItem(STORED) ?? queries.getQueryData<Overview>(["overview"])?.facilities[0]?.id ?? null;
}
