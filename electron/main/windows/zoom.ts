/** The zoom of our pages. Chromium keeps it for their common origin, also across starts. */
import type { WebContents } from 'electron'

export type ZoomStep = 'in' | 'out' | 'reset'

/** In percent; browsers have the same steps. */
const STEPS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const

export function zoomBy(contents: Pick<WebContents, 'zoomFactor'>, step: ZoomStep): void {
  contents.zoomFactor = nextZoom(contents.zoomFactor, step)
}

/** The factor, which stays between 0.5 and 2. */
export function nextZoom(factor: number, step: ZoomStep): number {
  // Chromium holds it as a logarithm, so that it comes back with a remainder.
  const now = Math.round(factor * 100)
  const percent =
    step === 'reset'
      ? 100
      : step === 'in'
        ? (STEPS.find((each) => each > now) ?? STEPS[STEPS.length - 1])
        : (STEPS.findLast((each) => each < now) ?? STEPS[0])
  return (percent ?? 100) / 100
}
