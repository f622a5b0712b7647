/** The next page of a long list. */
import { Button, Center } from "@mantine/core";
import { useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

/** How every list of the API comes. */
export type Page<T> = { readonly rows: readonly T[]; readonly next: string | null };

type Paged = { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown };

export function MoreButton({ query }: { readonly query: Paged }) {
  const t = useWords(partWords);
  if (!query.hasNextPage) return null;
  return <Center mt="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("more")}</Button></Center>;
}
