import type { Rectangle } from 'electron'

export const QUICK_PICK_SIZE = { width: 560, height: 420 }

/** As large as the quick pick's content, as far as the screen allows; in the middle, rather above. */
export function quickPickBounds(workArea: Rectangle, zoomFactor: number): Rectangle {
  const width = Math.min(Math.round(QUICK_PICK_SIZE.width * zoomFactor), workArea.width)
  const height = Math.min(Math.round(QUICK_PICK_SIZE.height * zoomFactor), workArea.height)
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 3),
    width,
    height,
  }
}
