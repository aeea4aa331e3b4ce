import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { AccountId } from '../../electron/shared/account'
import type { CopyFormat } from '../../electron/shared/copy-format'
import type { EnvironmentId } from '../../electron/shared/environment'
import type { KeptView, View } from '../../electron/shared/kept-view'
import type { NavigationTarget } from '../../electron/shared/navigation'
import { accountsIn, flatRows, rowsOf, type RowPlace } from '../list/account-rows'
import { useAccounts } from './accounts'
import { useOverview } from './overview'
import { useSearch } from './search'
import { useSorting } from './sorting'

export type OpenDialog =
  | { readonly kind: 'add' | 'settings' | 'keys' | 'storage' | 'keyring' }
  | { readonly kind: 'import' | 'export' | 'backup' | 'restore' | 'environments' | 'statuses' }
  | { readonly kind: 'commands' | 'identify-jwt' | 'new-environment' | 'quick-pick' | 'reset-settings' }
  | { readonly kind: 'rename' | 'remove' | 'view-claims'; readonly id: AccountId }
  | { readonly kind: 'confirm-address' | 'edit-environment'; readonly environmentId: EnvironmentId }
  /** `of`: initially filtered to this account. */
  | { readonly kind: 'activity'; readonly of: AccountId | null }
  /** `format`: null is the JWT alone. */
  | { readonly kind: 'confirm-production'; readonly id: AccountId; readonly format: CopyFormat | null }
  | { readonly kind: 'tag-many' | 'move-many' | 'remove-many'; readonly ids: readonly AccountId[] }
  /** `thenCopy`: the key is needed for a copy, which then follows. */
  | { readonly kind: 'enter-key'; readonly id: AccountId; readonly thenCopy: boolean }

/** Where the focus should go: each target takes it as soon as it is rendered. */
export type FocusPlace = 'list' | 'details' | 'ending' | 'search'

/** What the window shows right now. `kept-view.ts` keeps some of it for the next start. */
export const useUi = defineStore('ui', () => {
  const accounts = useAccounts()
  const overview = useOverview()
  const search = useSearch()
  const sorting = useSorting()

  const view = shallowRef<View>({ kind: 'all' })
  const query = shallowRef('')
  const collapsed = shallowRef<ReadonlySet<AccountId>>(new Set())
  const activeId = shallowRef<AccountId | null>(null)
  const detailsOpen = shallowRef(false)
  const dialog = shallowRef<OpenDialog | null>(null)
  const focusWanted = shallowRef<FocusPlace | null>(null)
  /** Increases when the active row should be scrolled into view. */
  const sightWanted = shallowRef(0)

  const attention = computed(() => (view.value.kind === 'attention' ? overview.attention : NONE))
  /** The view's search results, best first; null while nothing is searched for. */
  const found = computed(() => {
    const hits = search.find(query.value)
    if (hits === null || view.value.kind === 'all') return hits
    const inView = new Set(accountsIn(accounts.sorted, view.value, attention.value).map(({ id }) => id))
    return hits.filter(({ id }) => inView.has(id))
  })
  const rows = computed<readonly RowPlace[]>(() =>
    found.value === null
      ? rowsOf({
          accounts: sorting.sorted,
          companiesLift: sorting.order !== 'name',
          view: view.value,
          attention: attention.value,
          collapsed: collapsed.value,
        })
      : flatRows(found.value),
  )
  const indexes = computed(() => new Map(rows.value.map(({ id }, index) => [id, index])))
  /** The account that the list's shortcuts act on, if its row is shown. */
  const active = computed(() => (activeId.value === null ? null : accounts.get(activeId.value)))

  /** The row's index in the list; -1 when it has none. */
  function indexOf(id: AccountId | null): number {
    return id === null ? -1 : (indexes.value.get(id) ?? -1)
  }

  // Enter copies the best match.
  watch(
    [query, view],
    () => {
      const best = found.value?.[0]
      if (best !== undefined) activeId.value = best.id
      sightWanted.value += 1
    },
    { flush: 'sync' },
  )

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

  /** Shows the row among all accounts, whatever was filtered or collapsed. */
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
    if (indexOf(id) < 0) {
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

  /** What the next start shows again. */
  const kept = computed<KeptView>(() => ({
    view: view.value,
    collapsed: [...collapsed.value].filter((id) => accounts.get(id) !== null),
    detailsOf: detailsOpen.value ? activeId.value : null,
  }))

  function restore({ view: shown, collapsed: closed, detailsOf }: KeptView): void {
    view.value = shown
    collapsed.value = new Set(closed)
    if (detailsOf !== null) openDetails(detailsOf)
  }

  /** Back to the initial state. */
  function forget(): void {
    dialog.value = null
    view.value = { kind: 'all' }
    query.value = ''
    activeId.value = null
    detailsOpen.value = false
    collapsed.value = new Set()
    focusWanted.value = null
  }

  function focusList(): void {
    focusWanted.value = 'list'
  }

  function focusSearch(): void {
    focusWanted.value = 'search'
  }

  /** Something outside the window asks it to show this. An open dialog stays: only what is behind it changes. */
  function navigate(target: NavigationTarget): void {
    const free = dialog.value === null
    switch (target.at) {
      case 'account':
        if (accounts.get(target.id) === null) return
        bringIntoSight(target.id)
        if (!free) return
        detailsOpen.value = true
        focusWanted.value = 'details'
        return
      case 'confirm-copy':
        if (accounts.get(target.id) === null) return
        bringIntoSight(target.id)
        if (free) open({ kind: 'confirm-production', id: target.id, format: null })
        return
      case 'attention':
        view.value = { kind: 'attention' }
        query.value = ''
        if (!free) return
        detailsOpen.value = false
        focusWanted.value = overview.ending.length > 1 ? 'ending' : 'list'
        return
      case 'add-account':
        if (free) open({ kind: 'add' })
        return
      case 'settings':
        if (free) open({ kind: 'settings' })
        return
      case 'list':
        if (free) focusList()
    }
  }

  return {
    view,
    query,
    found,
    rows,
    indexOf,
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
    bringIntoSight,
    kept,
    restore,
    open,
    close,
    forget,
    focusList,
    focusSearch,
    navigate,
  }
})

const NONE: ReadonlySet<AccountId> = new Set()
