/** Shows what a query brought, that it is on its way, or why it did not come; old data stays beside the reason. */
import { Box } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "../act/ProblemAlert.tsx";
import { useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

type Loadable<T> = Pick<UseQueryResult<T>, "data" | "error" | "refetch">;

export function Loaded<T>({ query, children }: { readonly query: Loadable<T>; readonly children: (data: T) => ReactNode }) {
  const t = useWords(partWords);
  return (
    <>
      {query.error !== null && <Box mb="sm"><ProblemAlert failure={query.error} onRetry={() => void query.refetch()} /></Box>}
      {query.data !== undefined ? children(query.data) : query.error === null && <Box p="md" c="dimmed" role="status">{t("loading")}</Box>}
    </>
  );
}
