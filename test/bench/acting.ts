/**
 * What people do all day: from the event until the next paint, beside a button of the bare list that changes one text,
 * which is pressed just before each.
 */
import { fileURLToPath } from 'node:url'
import { _electron, type Page } from '@playwright/test'
import {
  commandLine,
  executable,
  launchApp,
  makeProfile,
  removeProfile,
  REPOSITORY,
} from '../support/electron-app'
import { AppWindow } from '../support/app-window'
import { writeAccounts } from '../support/many-accounts'
import type { Measure } from './figures'
import { PAINTED } from './watched'
import { NOWHERE } from './with-profile'

const ENVIRONMENTS = [
  { name: 'Sandbox', production: false },
  { name: 'Staging', production: false },
  { name: 'Live', production: true },
]
const TAGS = ['pilot', 'training', 'vip']

interface Action {
  readonly name: string
  readonly act: (window: AppWindow) => Promise<void>
}

const click = (name: string, find: (window: AppWindow) => ReturnType<Page['locator']>): Action => ({
  name,
  act: (window) => find(window).click(),
})
const press = (name: string, key: string): Action => ({ name, act: ({ page }) => page.keyboard.press(key) })
const inRail = (name: string): Action =>
  click(`view ${name}`, ({ page }) => page.getByRole('navigation').getByRole('button', { name }).first())
const column = (name: string): Action =>
  click(`sort by ${name}`, ({ page }) =>
    page.getByRole('toolbar', { name: 'Columns' }).getByRole('button', { name }),
  )

/** In an order in which each begins where the one before it ends, and the last where the first begins. */
const ACTIONS: readonly Action[] = [
  ...[inRail('Partners'), inRail('Companies'), inRail('Needs attention'), inRail('All')],
  ...[inRail('Staging'), inRail('Live'), inRail('All'), inRail('vip'), inRail('All')],
  ...[column('JWT'), column('Environment'), column('Account')],
  press('search: focus', 'Control+f'),
  ...[press('search: first letter', 'c'), press('search: next letter', 'o')],
  press('search: cleared', 'Escape'),
  click('row clicked', ({ list }) => list.getByRole('row').nth(1)),
  ...[press('next row', 'ArrowDown'), press('Page Down', 'PageDown'), press('Page Up', 'PageUp')],
  ...[press('End', 'End'), press('Home', 'Home')],
  ...[press('select all', 'Control+a'), press('select none', 'Escape')],
  ...[press('collapse', 'ArrowLeft'), press('expand', 'ArrowRight')],
  click('row menu opened', ({ list }) => list.getByRole('button', { name: 'More actions' }).first()),
  press('row menu closed', 'Escape'),
  click('details opened', ({ list }) => list.getByRole('row').nth(2)),
  click('details of another', ({ list }) => list.getByRole('row').nth(4)),
  ...[press('palette opened', 'Control+k'), press('palette: first letter', 'p')],
  press('palette closed', 'Escape'),
  ...[press('Add account opened', 'Control+n'), press('Add account closed', 'Escape')],
  ...[press('Settings opened', 'Control+,'), press('Settings closed', 'Escape')],
  ...[press('shortcuts opened', 'F1'), press('shortcuts closed', 'Escape')],
]

/** `rounds`: how often all of them are done. Prints the slowest. */
export async function measureActions(rounds: number): Promise<Measure[]> {
  return await withReference(async (bare) =>
    withAccounts(800, async (few) =>
      withAccounts(10_000, async (many) => {
        const took = { bare: [] as number[], few: [] as number[], many: [] as number[] }
        const byName = new Map<string, { few: number[]; many: number[] }>()
        // The first round is not counted: a script's code is compiled when it is first needed.
        for (let round = -1; round < rounds; round += 1) {
          for (const { name, act } of ACTIONS) {
            const of = byName.get(name) ?? { few: [], many: [] }
            const times = {
              bare: await timed(bare, () => bare.getByRole('button').click()),
              few: await timed(few.page, () => act(few)),
              many: await timed(many.page, () => act(many)),
            }
            if (round < 0) continue
            took.bare.push(times.bare)
            took.few.push(times.few)
            took.many.push(times.many)
            of.few.push(times.few)
            of.many.push(times.many)
            byName.set(name, of)
          }
        }
        tellSlowest(byName)
        return [
          {
            ...{ name: 'everyday actions, 800 accounts: event to paint', unit: 'ms', runs: took.few },
            ...{ reference: took.bare, limit: { of: 'p95 ratio', most: 2.5 } },
          },
          {
            ...{ name: 'everyday actions, 10,000 accounts against 800', unit: 'ms', runs: took.many },
            ...{ reference: took.few, limit: { of: 'p95 ratio', most: 1.3 } },
          },
        ] satisfies Measure[]
      }),
    ),
  )
}

function tellSlowest(byName: ReadonlyMap<string, { few: number[]; many: number[] }>): void {
  const medianOf = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
  const lines = [...byName]
    .map(([name, { few, many }]) => ({ name, few: medianOf(few), many: medianOf(many) }))
    .sort((a, b) => b.few - a.few)
    .map(({ name, few, many }) => `  ${name}: ${few.toFixed(0)} ms, with 10,000 ${many.toFixed(0)} ms`)
  console.log(['medians of each action', ...lines].join('\n'))
}

/** In ms: the longest of what the action's events took until they were painted. */
async function timed(page: Page, act: () => Promise<void>): Promise<number> {
  const watch = await page.evaluateHandle<{ end(): number }>(WATCH_EVENTS)
  await act()
  await page.evaluate(PAINTED)
  const took = await watch.evaluate((started) => started.end())
  await watch.dispose()
  await page.evaluate(AT_REST)
  return took
}

/** Each event's time is the system's; a task right after the next frame's callbacks comes when that has been drawn. */
const WATCH_EVENTS = `{
  const types = ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup']
  let longest = 0
  const look = ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { longest = Math.max(longest, performance.now() - timeStamp) }
      port2.postMessage(null)
    })
  }
  for (const type of types) addEventListener(type, look, { capture: true })
  const end = () => {
    for (const type of types) removeEventListener(type, look, { capture: true })
    return longest
  }
  ;({ end })
}`

/** As between two actions of a person: what waits until the window is idle is done. */
const AT_REST = 'new Promise((resolve) => setTimeout(() => requestIdleCallback(() => resolve(null)), 100))'

async function withAccounts<Value>(
  accounts: number,
  work: (window: AppWindow) => Promise<Value>,
): Promise<Value> {
  const profile = await makeProfile()
  try {
    writeAccounts(profile, NOWHERE, {
      ...{ partners: accounts / 20, companiesEach: 19, environments: ENVIRONMENTS, tags: TAGS },
    })
    const running = await launchApp({ profile })
    try {
      const window = new AppWindow(running.window)
      await window.page.locator(`[aria-rowcount="${String(accounts)}"]`).waitFor()
      return await work(window)
    } finally {
      await running.quit()
    }
  } finally {
    await removeProfile(profile)
  }
}

async function withReference<Value>(work: (page: Page) => Promise<Value>): Promise<Value> {
  const profile = await makeProfile()
  const directory = fileURLToPath(new URL('reference/bare-list/main.mjs', import.meta.url))
  const app = await _electron.launch({
    executablePath: executable(),
    args: commandLine({ profile, keyring: true, directory, args: [] }),
    cwd: REPOSITORY,
  })
  try {
    const page = await app.firstWindow()
    await page.getByRole('button').waitFor()
    return await work(page)
  } finally {
    await app.close()
    await removeProfile(profile)
  }
}
