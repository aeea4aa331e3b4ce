declare const brand: unique symbol

/** A nominal type: a plain `T` at run time that TypeScript doesn't let you mix up with another `T`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number
