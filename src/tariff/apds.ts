/**
 * APDS 4.0 rate tables as authors write them: decimal major units, ISO durations, `hh:mm` or `dd:hh:mm` in
 * lines. The reader (table/read.ts) takes any JSON and tolerates more than these types say; they are for
 * code that writes tables. Members that begin with `x-` are this engine's extensions.
 */
export type MultilingualString = readonly { readonly language: string; readonly string: string }[];
export type ApdsAmount = number | { readonly currencyType: string; readonly currencyValue: number };

export type ApdsTax = { readonly taxIncluded: boolean; readonly taxRate?: number; readonly taxValue?: number };

export type ApdsRateLine = {
  readonly id?: string;
  readonly sequence: number;
  readonly rateLineType: "flatRate" | "flatRateTier" | "incrementingRate";
  readonly description?: string;
  readonly durationStart?: string | number;
  readonly durationEnd?: string | number;
  readonly incrementPeriod?: string;
  readonly value: ApdsAmount;
  readonly minValue?: ApdsAmount;
  readonly maxValue?: ApdsAmount;
  readonly usageCondition?: "once" | "unlimited" | "fixedDuration" | "fixedNumber";
  readonly rateLineTax?: ApdsTax;
};

export type ApdsRateLineCollection = Partial<ApdsTax> & {
  readonly id?: string;
  readonly collectionSequence: number;
  readonly applicableCurrency: string;
  readonly minTime?: string;
  readonly maxTime?: string;
  readonly minValueCollection?: ApdsAmount;
  readonly maxValueCollection?: ApdsAmount;
  readonly relativeTimes?: boolean;
  readonly referenceTimeStart?: string;
  readonly referenceTimeEnd?: string;
  /** Local time of day at which the collection's cap starts again. */
  readonly resetTime?: string;
  readonly validStart?: string;
  readonly validEnd?: string;
  readonly rateLines: readonly ApdsRateLine[];
  readonly "x-tierMode"?: "additive" | "cumulative";
  /** The cap starts again 24 h after entry, and so on, instead of at `resetTime`. */
  readonly "x-capWindow"?: "rolling24h";
  /** The author knows that a longer stay may cost less. */
  readonly "x-nonMonotone"?: boolean;
};

export type ApdsRateTable = {
  readonly id: string;
  readonly version: number;
  readonly rateTableName?: MultilingualString;
  readonly availability?: "public" | "private" | "restricted";
  readonly rateType?: "contract" | "daily" | "event" | "hourly";
  readonly validityStart?: string;
  readonly validityEnd?: string;
  /** Are validations (a shop's discount) accepted with this table? */
  readonly validation?: boolean;
  readonly rateLineCollections: readonly ApdsRateLineCollection[];
  /** Increments run from entry, each priced by the table in force when it starts. */
  readonly "x-incrementPricing"?: "atStart";
};
