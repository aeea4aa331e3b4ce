type Defined<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> }

/** Without the fields that are undefined: a change that says nothing about a field leaves it as it is. */
export function defined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Defined<Shape>
}
