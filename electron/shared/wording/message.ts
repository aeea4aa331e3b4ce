/** What happened, and what the user can do about it. */
export interface Message {
  readonly what: string
  readonly todo: string
}
