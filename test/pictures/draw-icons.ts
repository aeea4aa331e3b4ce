// Draws the PNGs of the tray and the app's icons from their SVGs, by Chromium, on a desktop of its own:
//
//     node scripts/task.mjs desktop npx tsx test/pictures/draw-icons.ts
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchApp, makeProfile, removeProfile } from '../support/electron-app'
import { icnsOf, icoOf, type SizedPng } from '../../scripts/lib/icon-files'

const FOLDER = fileURLToPath(new URL('../../electron/main/tray/icons', import.meta.url))

/** Each is 16 pixels at the scale factors 1, 1.5, 2 and 3. */
const SIZES = { tray: [16, 24, 32, 48], 'tray-mac': [16, 32] } as const

/** What installers take. Linux looks for `<size>x<size>.png`; Windows and macOS take one file with all of its own. */
const PACKAGING = fileURLToPath(new URL('../../electron/packaging/icons', import.meta.url))
const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const
const ICO_MAX = 256

const profile = await makeProfile()
const app = await launchApp({ profile })
try {
  for (const [name, sizes] of Object.entries(SIZES)) {
    for (const icon of [name, `${name}-attention`]) {
      const svg = readFileSync(path.join(FOLDER, `${icon}.svg`), 'utf8')
      for (const size of sizes) {
        writeFileSync(path.join(FOLDER, `${icon}-${String(size)}.png`), await draw(svg, size))
      }
    }
  }
  await drawAppIcons()
} finally {
  await app.quit()
  await removeProfile(profile)
}

async function drawAppIcons(): Promise<void> {
  const svg = readFileSync(path.join(PACKAGING, 'app.svg'), 'utf8')
  const pictures: SizedPng[] = []
  for (const size of APP_SIZES) {
    const png = await draw(svg, size)
    pictures.push({ size, png })
    writeFileSync(path.join(PACKAGING, `${String(size)}x${String(size)}.png`), png)
  }
  writeFileSync(path.join(PACKAGING, 'app.ico'), icoOf(pictures.filter(({ size }) => size <= ICO_MAX)))
  writeFileSync(path.join(PACKAGING, 'app.icns'), icnsOf(pictures))
}

/** In the window of TokenDesk, which may show pictures from `data:` and nothing else. */
async function draw(svg: string, size: number): Promise<Buffer> {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  const drawn = await app.window.evaluate(`(async () => {
    const image = new Image()
    image.src = ${JSON.stringify(source)}
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = ${String(size)}
    canvas.getContext('2d').drawImage(image, 0, 0, ${String(size)}, ${String(size)})
    return canvas.toDataURL('image/png')
  })()`)
  return Buffer.from(String(drawn).split(',')[1] ?? '', 'base64')
}
