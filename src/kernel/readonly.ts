/** The same data, seen by somebody who may not change it. */
export type DeepReadonly<T> = unknown extends T ? T : T extends string | number | boolean | null | undefined | symbol | bigint
  ? T
  : T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, DeepReadonly<V>>
    : T extends ReadonlySet<infer V>
      ? ReadonlySet<DeepReadonly<V>>
      : T extends readonly (infer V)[]
        ? readonly DeepReadonly<V>[]
        : { readonly [P in keyof T]: DeepReadonly<T[P]> };
