import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../../../electron/shared/account'
import type { Environment } from '../../../../electron/shared/environment'
import {
  API_KEY_NEEDED_LATER,
  needsApiKeyLater,
  inSentence,
  jwtLeftInWords,
  kindLine,
  refreshTokenLeftInWords,
  rowLine,
  statusWord,
  tagsInWords,
  type RowLine,
  type Message,
  ROW_LABEL,
} from '../../../../electron/shared/wording'
import { useApp } from '../../../base/app-context'
import type { Ending } from '../../../stores/ending'
import { useSettings } from '../../../stores/settings'
import { useServerNow } from '../../../stores/clock/use-server-now'
import type { CurrentStatus } from '../status/use-status'

export interface RowAbout {
  readonly account: AccountSummary
  readonly environment: Environment | null
  readonly partnerName: string | null
  readonly companies: number
  readonly failure: Message | null
  /** Shown on its own, so that its partner must always be named. */
  readonly alone: boolean
}

/** The line beneath an account's name, and the row's accessible label. */
export function useRowWords(
  about: RowAbout,
  { status }: CurrentStatus,
  ending: Readonly<ComputedRef<Ending | null>>,
): { readonly line: ComputedRef<RowLine>; readonly label: ComputedRef<string> } {
  const { tick } = useApp()
  const settings = useSettings()
  const server = useServerNow(() => about.account.environmentId)

  const kind = computed(() => kindLine(about.account.kind, about.companies, about.partnerName))
  /** Beneath its partner a company needn't name it again. */
  const kindHere = computed(() =>
    kindLine(about.account.kind, about.companies, about.alone ? about.partnerName : null),
  )
  const tokenEnds = computed(() => ending.value === 'due')
  const line = computed<RowLine>(() => {
    if (settings.settings === null) return { text: kindHere.value, tone: null }
    // Most rows don't change with time: only those with a countdown read the tick.
    const counts = status.value === 'retrying' || tokenEnds.value
    const said = rowLine(about.account, {
      kind: kindHere.value,
      status: status.value,
      tokenEnds: tokenEnds.value,
      failure: about.failure,
      settings: settings.settings,
      clocks: counts ? { here: tick.second.value, server: server.value } : { here: 0, server: 0 },
    })
    const names = about.alone && about.partnerName !== null && !said.text.includes(kind.value)
    return names ? { ...said, text: `${kind.value} · ${said.text}` } : said
  })
  const jwtLeft = computed(() => jwtLeftInWords(about.account.jwt, server.value))
  const tokenLeft = computed(() =>
    refreshTokenLeftInWords(about.account.refreshToken, server.value, tokenEnds.value),
  )
  const label = computed(() =>
    [
      about.account.name,
      about.account.pinned ? ROW_LABEL.pinned : null,
      kind.value,
      about.environment?.name,
      about.environment?.production === true ? ROW_LABEL.production : null,
      statusWord(status.value),
      status.value === 'live' && needsApiKeyLater(about.account) ? inSentence(API_KEY_NEEDED_LATER) : null,
      jwtLeft.value,
      tokenLeft.value,
      about.account.tags.length === 0 ? null : tagsInWords(about.account.tags),
    ]
      .filter((part) => part != null)
      .join(', '),
  )
  return { line, label }
}
