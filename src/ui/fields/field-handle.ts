/** What a form can do with one of its fields. */
export interface FieldHandle {
  focus(): void
}

/** Fields that know by themselves whether they can be used. */
export interface CheckedHandle extends FieldHandle {
  /** If they can't, says why and goes to the one that it is about. */
  check(): Promise<boolean>
}
