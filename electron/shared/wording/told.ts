/** What happened, and what the user can do about it. */
export interface Told {
  readonly what: string
  readonly todo: string
}
