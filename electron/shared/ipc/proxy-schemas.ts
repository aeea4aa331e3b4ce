/** The schemas of what the window says about proxies. */
import * as z from 'zod/mini'
import { GUIDE_SECTIONS } from '../guide'
import { lazy } from '../lazy'
import { PROXY_TEXT_MAX_LENGTH } from '../proxy'
import { typedSecret } from './schemas'

export const proxyAnswer = lazy(() =>
  z.object({
    host: z.string().check(z.maxLength(PROXY_TEXT_MAX_LENGTH)),
    userName: z.string().check(z.minLength(1), z.maxLength(PROXY_TEXT_MAX_LENGTH)),
    password: typedSecret,
    remember: z.boolean(),
  }),
)

export const guidePlace = lazy(() => z.optional(z.object({ section: z.enum(GUIDE_SECTIONS) })))
