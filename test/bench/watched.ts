/** What a window, or the main process, did badly while something else was done. */
import type { ElectronApplication, Page } from '@playwright/test'

/**
 * The longest, in ms, of what the browser itself takes for long (over 50 ms) in the page while `work` is done; 0 when
 * there was nothing of the kind. `longtask`: without a break; `long-animation-frame`: until what was due was drawn.
 */
export async function longestWhile(
  page: Page,
  type: 'longtask' | 'long-animation-frame',
  work: () => Promise<void>,
): Promise<number> {
  const watch = await page.evaluateHandle<{ end(): number }>(`{
    const type = ${JSON.stringify(type)}
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) throw new Error('no ' + type)
    let longest = 0
    const look = (entries) => {
      for (const { duration } of entries) longest = Math.max(longest, duration)
    }
    const observer = new PerformanceObserver((list) => look(list.getEntries()))
    observer.observe({ type })
    const end = () => {
      look(observer.takeRecords())
      observer.disconnect()
      return longest
    }
    ;({ end })
  }`)
  await work()
  await page.evaluate(PAINTED)
  return await watch.evaluate((started) => started.end())
}

/** The longest time, in ms, in which main didn't respond during `work`. */
export async function longestOfMain(app: ElectronApplication, work: () => Promise<void>): Promise<number> {
  const watch = await app.evaluateHandle(() => {
    const delay = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    return delay
  })
  await work()
  return await watch.evaluate((delay) => {
    delay.disable()
    return delay.max / 1e6
  })
}

/** An expression for the page: resolves when what has been changed is drawn. */
export const PAINTED =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))))'
