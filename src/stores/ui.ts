import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { AccountId } from '../../electron/shared/account'
import type { Place } from '../../electron/shared/place'
import { rowsOf, type View } from './account-rows'
import { useAccounts } from './accounts'
import { useEnvironments } from './environments'
import { useOverview } from './overview'
import { matcher } from './search'

export type OpenDialog =
  | { readonly kind: 'add' | 'settings' | 'keys' | 'storage' | 'keyring' }
  | { readonly kind: 'rename' | 'remove'; readonly id: AccountId }
  /** `thenCopy`: the key was asked for because a JWT was to be copied. */
  | { readonly kind: 'enter-key'; readonly id: AccountId; readonly thenCopy: boolean }

/** Where the keyboard's focus is to go: each takes it itself as soon as it is there. */
export type FocusPlace = 'list' | 'details' | 'ending'

/** What the window shows right now. Nothing here outlives it. */
export const useUi = defineStore('ui', () => {
  const accounts = useAccounts()
  const environments = useEnvironments()
  const overview = useOverview()

  const view = shallowRef<View>({ kind: 'all' })
  const query = shallowRef('')
  const collapsed = shallowRef<ReadonlySet<AccountId>>(new Set())
  const activeId = shallowRef<AccountId | null>(null)
  const detailsOpen = shallowRef(false)
  const dialog = shallowRef<OpenDialog | null>(null)
  const focusWanted = shallowRef<FocusPlace | null>(null)
  /** Rises when the active row is to be scrolled into sight. */
  const sightWanted = shallowRef(0)

  const matches = computed(() => matcher(query.value, (account) => environments.get(account.environmentId)))
  const rows = computed(() =>
    rowsOf({
      accounts: accounts.sorted,
      view: view.value,
      attention: view.value.kind === 'attention' ? overview.attention : NONE,
      matches: matches.value,
      collapsed: collapsed.value,
    }),
  )
  /** The account that the list's keys act on, if its row can be seen. */
  const active = computed(() => (activeId.value === null ? null : accounts.get(activeId.value)))

  function show(next: View): void {
    view.value = next
  }

  function activate(id: AccountId): void {
    activeId.value = id
  }

  function openDetails(id: AccountId): void {
    activeId.value = id
    detailsOpen.value = true
  }

  function closeDetails(): void {
    detailsOpen.value = false
  }

  function setExpanded(id: AccountId, expanded: boolean): void {
    const next = new Set(collapsed.value)
    if (expanded) next.delete(id)
    else next.add(id)
    collapsed.value = next
  }

  /** Shows the row among all, whatever was filtered or collapsed. */
  function reveal(id: AccountId): void {
    const account = accounts.get(id)
    if (account === null) return
    view.value = { kind: 'all' }
    query.value = ''
    if (account.partnerId !== null) setExpanded(account.partnerId, true)
    activeId.value = id
    sightWanted.value += 1
  }

  function bringIntoSight(id: AccountId): void {
    if (!rows.value.some((row) => row.id === id)) {
      reveal(id)
      return
    }
    activeId.value = id
    sightWanted.value += 1
  }

  function open(next: OpenDialog): void {
    dialog.value = next
  }

  function close(): void {
    dialog.value = null
  }

  function focusList(): void {
    focusWanted.value = 'list'
  }

  /** Something outside of the window has brought it up. A dialog that is open stays: only what is behind it changes. */
  function goTo(place: Place): void {
    const free = dialog.value === null
    switch (place.at) {
      case 'account':
        if (accounts.get(place.id) === null) return
        bringIntoSight(place.id)
        if (!free) return
        detailsOpen.value = true
        focusWanted.value = 'details'
        return
      case 'attention':
        view.value = { kind: 'attention' }
        query.value = ''
        if (!free) return
        detailsOpen.value = false
        focusWanted.value = overview.ending.length > 0 ? 'ending' : 'list'
        return
      case 'add-account':
        if (free) open({ kind: 'add' })
        return
      case 'list':
        if (free) focusList()
    }
  }

  return {
    view,
    query,
    rows,
    active,
    activeId,
    detailsOpen,
    dialog,
    focusWanted,
    sightWanted,
    show,
    activate,
    openDetails,
    closeDetails,
    setExpanded,
    reveal,
    open,
    close,
    focusList,
    goTo,
  }
})

const NONE: ReadonlySet<AccountId> = new Set()
