/** "All car parks" or one of them; names for everybody, also for roles that do not see the overview. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PublicOverview } from "../../api/contract/live.ts";
import { read } from "../http/client.ts";
import { useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

export const useCarParks = () =>
  useQuery({ queryKey: ["carParks"], queryFn: () => read<PublicOverview>("/public/facilities"), staleTime: 60_000 });

/** The name of a car park by its id; the id itself until names are here. */
export function useCarParkName(): (id: string) => string {
  const carParks = useCarParks();
  return (id) => carParks.data?.facilities.find((each) => each.id === id)?.name ?? id;
}

export function useCarParkChoices(): readonly { readonly value: string; readonly label: string }[] {
  return (useCarParks().data?.facilities ?? []).map((each) => ({ value: each.id, label: each.name }));
}

type FacilityFilterProps = { readonly value: string | undefined; readonly onChange: (facility: string | undefined) => void };

export function FacilityFilter({ value, onChange }: FacilityFilterProps) {
  const t = useWords(partWords);
  const choices = useCarParkChoices();
  return (
    <NativeSelect
      label={t("carPark")} value={value ?? ""} data={[{ value: "", label: t("all") }, ...choices]}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}
