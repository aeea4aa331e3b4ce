/** What a form can do with one of its fields. */
export interface FieldHandle {
  focus(): void
}

/** A field that checks its own content. */
export interface CheckedHandle extends FieldHandle {
  /** Otherwise shows the reason and focuses the field. */
  check(): Promise<boolean>
}
