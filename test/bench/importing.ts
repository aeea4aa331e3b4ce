/** From a file of 5,000 accounts that was chosen to its preview, and what else could be done meanwhile. */
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Measure } from './figures'
import { longestOfMain, longestWhile } from './watched'
import { withApp } from './with-app'

const FILE = 'out/bench/accounts.csv'
const PARTNERS = 50
const COMPANIES_EACH = 99
/** What still feels like an answer at once, be it a frame or a click. */
const RESPONSIVE_MS = 100

export async function measureImport(runs: number): Promise<Measure[]> {
  mkdirSync('out/bench', { recursive: true })
  writeFileSync(FILE, csv())
  const seen = { preview: [] as number[], frame: [] as number[], main: [] as number[] }
  await withApp(200, async ({ client, window }) => {
    const { page } = window
    const settings = await window.openSettings('Import, export, and backup')
    await settings.getByRole('button', { name: 'Import accounts…' }).click()
    const dialog = window.dialog('Import accounts')
    const chooser = dialog.getByLabel('File with accounts')
    for (let run = 0; run < runs; run += 1) {
      await chooser.waitFor({ state: 'attached' })
      const next = await page.evaluateHandle<{ readonly shownMs: Promise<number> }>(NEXT_PREVIEW)
      const preview = async (): Promise<void> => {
        await chooser.setInputFiles(FILE)
        seen.preview.push(await next.evaluate(({ shownMs }) => shownMs))
      }
      const watched = async (): Promise<void> => {
        seen.frame.push(await longestWhile(page, 'long-animation-frame', preview))
      }
      seen.main.push(await longestOfMain(client.running.app, watched))
      await dialog.getByRole('button', { name: 'Select another file' }).click()
    }
  })
  const within = (name: string, times: readonly number[], most: number): Measure => ({
    ...{ name, unit: 'ms', runs: times, reference: null, limit: { of: 'median', most } },
  })
  return [
    within('import of 5,000 rows: preview', seen.preview, 500),
    within('import of 5,000 rows: longest frame of the window', seen.frame, RESPONSIVE_MS),
    within('import of 5,000 rows: longest that main answers nobody', seen.main, RESPONSIVE_MS),
  ]
}

function csv(): string {
  const lines = ['name,type,environment,apiKey,partner,tags,remember']
  for (let nth = 1; nth <= PARTNERS; nth += 1) {
    const partner = `Imported ${String(nth)}`
    lines.push(`${partner},partner,Sandbox,key-${String(nth)}-of-an-imported-partner,,imported,yes`)
    for (let company = 1; company <= COMPANIES_EACH; company += 1) {
      const number = `${String(nth)}-${String(company)}`
      lines.push(`Imported company ${number},company,Sandbox,key-${number}-of-a-company,${partner},,no`)
    }
  }
  return `${lines.join('\r\n')}\r\n`
}

/** From when the file was chosen until the first of its rows is drawn. */
const NEXT_PREVIEW = `({
  shownMs: new Promise((resolve, reject) => {
    let chosenAt = 0
    const late = setTimeout(() => reject(new Error('there is no preview')), 30_000)
    document.addEventListener('change', () => { chosenAt = performance.now() }, { capture: true, once: true })
    const observer = new MutationObserver(() => {
      if (document.querySelector('[role=table][aria-label="Accounts to import"] [data-index]') === null) return
      observer.disconnect()
      clearTimeout(late)
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - chosenAt)))
    })
    observer.observe(document, { childList: true, subtree: true })
  }),
})`
