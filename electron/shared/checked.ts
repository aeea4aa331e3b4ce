/** The result of a check: the value as it will be stored, or the reason for refusing it. */
export type Checked<Value, Reason> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Reason }
