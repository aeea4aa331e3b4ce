/** Screenshots of the window for review: out/screens/<theme>-<state>.png. */
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'

export const FOLDER = join(import.meta.dirname, '../../out/screens')

export const SIZES = [
  { name: 'wide', width: 1240, height: 760, zoom: 1 },
  { name: 'small', width: 800, height: 500, zoom: 1 },
  { name: 'zoomed', width: 1240, height: 760, zoom: 2 },
  { name: 'small-zoomed', width: 800, height: 500, zoom: 2 },
] as const

export interface Size {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly zoom: number
}

export async function resize(app: ElectronApplication, window: Page, size: Size): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height, zoom }) => {
    const open = BrowserWindow.getAllWindows()[0]
    open?.setContentSize(width, height)
    open?.webContents.setZoomFactor(zoom)
  }, size)
  await window.waitForFunction(
    (width) => (globalThis as unknown as { innerWidth: number }).innerWidth === width,
    size.width / size.zoom,
  )
  // A frame of the new size has been shown when the next one begins.
  await window.evaluate(async () => {
    const { requestAnimationFrame } = globalThis as unknown as {
      requestAnimationFrame: (run: () => void) => void
    }
    for (let frame = 0; frame < 3; frame += 1) {
      await new Promise<void>((resolve) => {
        requestAnimationFrame(resolve)
      })
    }
  })
}

/** By the window itself: Playwright's screenshots ignore zoom. */
export async function capture(app: ElectronApplication): Promise<Buffer> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return image?.toPNG().toString('base64') ?? ''
  })
  return Buffer.from(png, 'base64')
}

/** Waits until no animation runs and the fonts are loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as {
      document: {
        getAnimations(): { playState: string; effect: { getComputedTiming(): { iterations?: number } } }[]
      }
    }
    return document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect.getComputedTiming().iterations === Infinity,
      )
  })
}
