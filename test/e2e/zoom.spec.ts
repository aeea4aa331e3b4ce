/** Zoom by the keys and the wheel of the X server. */
import { expect, test, windowState, type RunningApp } from '../support/electron-app'
import { giveKeyboard, pressKey, turnWheel } from '../support/x-input'

const zoomOf = ({ app }: RunningApp): Promise<number> =>
  app.evaluate(({ BrowserWindow }) =>
    Math.round((BrowserWindow.getAllWindows()[0]?.webContents.zoomFactor ?? 0) * 100),
  )

test('Ctrl with plus, minus, zero and the wheel zooms from 50 to 200 %, which the next start keeps', async ({
  launch,
}) => {
  const running = await launch()
  await expect.poll(() => windowState(running)).toBe('shown')
  await giveKeyboard(running)
  await pressKey('Equal', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(110)
  await turnWheel(running, 'up', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(125)
  await turnWheel(running, 'down', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(110)
  await pressKey('Digit0', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(100)
  for (const percent of [90, 80, 75, 67, 50, 50]) {
    await pressKey('Minus', 'ctrl')
    await expect.poll(() => zoomOf(running)).toBe(percent)
  }
  for (let nth = 0; nth < 12; nth += 1) await pressKey('Equal', 'ctrl', 'shift')
  await expect.poll(() => zoomOf(running)).toBe(200)
  await running.quit()

  const again = await launch()
  expect(await zoomOf(again)).toBe(200)
})
