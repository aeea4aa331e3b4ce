/** What the window showed, for its next start. */
import * as z from 'zod/mini'
import { accountId, environmentId } from './ids'

const TAG_MAX_CHARS = 200
/** More partners than anybody has. */
const COLLAPSED_MAX = 10_000

const viewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['all', 'partners', 'companies', 'attention']) }),
  z.object({ kind: z.literal('environment'), id: environmentId }),
  /** By the tag's key, see `KnownTag`. */
  z.object({
    kind: z.literal('tag'),
    key: z.string().check(z.maxLength(TAG_MAX_CHARS)),
    name: z.string().check(z.maxLength(TAG_MAX_CHARS)),
  }),
])

export const keptViewSchema = z.object({
  view: viewSchema,
  /** Partners whose companies are not shown. */
  collapsed: z.readonly(z.array(accountId).check(z.maxLength(COLLAPSED_MAX))),
  /** Whose details are open. */
  detailsOf: z.nullable(accountId),
})

/** Which accounts the list shows. */
export type View = Readonly<z.output<typeof viewSchema>>
export type KeptView = Readonly<z.output<typeof keptViewSchema>>
