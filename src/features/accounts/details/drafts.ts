import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { checkNote, checkTags } from '../../../../electron/shared/account-fields'
import type { AccountId, AccountSummary } from '../../../../electron/shared/account'
import type { CallError, CallInput } from '../../../../electron/shared/ipc/contract'
import {
  asSentence,
  failedFor,
  fieldProblem,
  noteSaved,
  tagsSaved,
  describeCallError,
  type Message,
} from '../../../../electron/shared/wording'
import { useApp } from '../../../base/app-context'
import { useAccounts } from '../../../stores/accounts'
import { useMessages } from '../../../stores/messages'

/** Unsaved edits of accounts. They stay until they are saved, whichever account is shown meanwhile. */
export const useDrafts = defineStore('drafts', () => {
  const { bridge } = useApp()
  const accounts = useAccounts()
  const messages = useMessages()

  const notes = shallowReactive(new Map<AccountId, string>())
  const noteProblems = shallowReactive(new Map<AccountId, string>())
  const tags = shallowReactive(new Map<AccountId, string>())
  const tagProblems = shallowReactive(new Map<AccountId, string>())
  const saving = new Set<string>()

  bridge.on('lockChanged', ({ lock }) => {
    if (!lock.isLocked) return
    for (const typed of [notes, noteProblems, tags, tagProblems]) typed.clear()
  })

  /** Null when it was saved, otherwise the reason. */
  async function save(
    account: AccountSummary,
    part: 'note' | 'tags',
    edit: Omit<CallInput<'editAccount'>, 'id'>,
  ): Promise<string | null> {
    const result = await bridge
      .editAccount({ id: account.id, ...edit })
      .catch((): { ok: false; error: CallError } => ({ ok: false, error: { code: 'internal' } }))
    if (result.ok) {
      accounts.apply([result.value], [])
      messages.say(part === 'note' ? noteSaved(account.name) : tagsSaved(account.name))
      return null
    }
    const words = inWords(result.error)
    messages.say(failedFor(account.name, words), 'bad')
    return asSentence(words).trim()
  }

  function typeNote(id: AccountId, text: string): void {
    notes.set(id, text)
    noteProblems.delete(id)
  }

  async function saveNote(id: AccountId): Promise<void> {
    const typed = notes.get(id)
    const account = accounts.get(id)
    if (typed === undefined || account === null || saving.has(`note ${id}`)) return
    const checked = checkNote(typed)
    if (!checked.ok) {
      noteProblems.set(id, fieldProblem({ field: 'note', reason: checked.reason }))
      return
    }
    if (checked.value !== account.note) {
      saving.add(`note ${id}`)
      const problem = await save(account, 'note', { note: checked.value })
      saving.delete(`note ${id}`)
      if (problem !== null) {
        noteProblems.set(id, problem)
        return
      }
    }
    noteProblems.delete(id)
    if (notes.get(id) === typed) notes.delete(id)
  }

  function typeTag(id: AccountId, text: string): void {
    tags.set(id, text)
    tagProblems.delete(id)
  }

  /** Adds one typed tag, or several separated by commas. */
  async function addTags(id: AccountId): Promise<void> {
    const typed = tags.get(id) ?? ''
    const account = accounts.get(id)
    if (typed.trim() === '' || account === null) return
    const checked = checkTags([...account.tags, ...typed.split(',')])
    if (!checked.ok) tagProblems.set(id, fieldProblem({ field: 'tags', reason: checked.reason }))
    else if (checked.value.length === account.tags.length) tags.delete(id)
    else if (await saveTags(account, checked.value)) {
      if (tags.get(id) === typed) tags.delete(id)
    }
  }

  async function removeTag(id: AccountId, tag: string): Promise<void> {
    const account = accounts.get(id)
    if (account === null) return
    await saveTags(
      account,
      account.tags.filter((each) => each !== tag),
    )
  }

  async function saveTags(account: AccountSummary, next: readonly string[]): Promise<boolean> {
    const key = `tags ${account.id}`
    if (saving.has(key)) return false
    saving.add(key)
    const problem = await save(account, 'tags', { tags: [...next] })
    saving.delete(key)
    if (problem === null) tagProblems.delete(account.id)
    else tagProblems.set(account.id, problem)
    return problem === null
  }

  return {
    noteOf: (account: AccountSummary): string => notes.get(account.id) ?? account.note,
    noteProblem: (id: AccountId): string | null => noteProblems.get(id) ?? null,
    typeNote,
    saveNote,
    tagOf: (id: AccountId): string => tags.get(id) ?? '',
    tagProblem: (id: AccountId): string | null => tagProblems.get(id) ?? null,
    typeTag,
    addTags,
    removeTag,
  }
})

function inWords(error: CallError): Message {
  const [first] = error.code === 'bad-fields' ? error.fields : []
  return first === undefined ? describeCallError(error) : { what: fieldProblem(first), todo: '' }
}
