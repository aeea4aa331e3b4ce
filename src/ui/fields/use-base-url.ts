import { computed, ref, type Ref } from 'vue'
import { checkBaseUrl } from '../../../electron/shared/base-url'
import { baseUrlNotice, baseUrlProblem } from '../../../electron/shared/wording'

/** Reported while typing, since more typing can't correct them; other problems wait until the field loses the focus. */
const WRONG_ALREADY = [
  'credentials',
  'query-or-fragment',
  'endpoint-included',
  'inner-whitespace',
  'other-scheme',
]

/** The message about a base URL while it is typed. `refused`: main's answer about the one that was sent. */
export function useBaseUrl(baseUrl: Readonly<Ref<string>>, refused: () => string | undefined) {
  const left = ref(false)
  const checked = computed(() => checkBaseUrl(baseUrl.value))
  const error = computed(() => {
    const words = refused()
    if (words !== undefined) return words
    if (checked.value.ok || baseUrl.value.trim() === '') return null
    const { reason } = checked.value
    return left.value || WRONG_ALREADY.includes(reason) ? baseUrlProblem(reason) : null
  })
  const notice = computed(() =>
    checked.value.ok ? checked.value.value.notices.map(baseUrlNotice).join(' ') || null : null,
  )
  return { left, checked, error, notice }
}
