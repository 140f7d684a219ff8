/** A value under construction: what will be readonly can still be set. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };
