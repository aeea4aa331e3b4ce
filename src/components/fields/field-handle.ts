/** What a form can do with one of its fields. */
export interface FieldHandle {
  focus(): void
}
