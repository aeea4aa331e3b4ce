/** What a check of something typed answers: the value as it is kept, or why it can't be. */
export type Checked<Value, Reason> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Reason }
