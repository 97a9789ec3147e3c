/** A progress bar on the terminal; does nothing if the stream is not a terminal. */

import { drawOn } from '../../service/process/output.js'

const WIDTH = 30
/** Milliseconds between two redraws. */
const PACE = 80

export interface ProgressBar {
  /** @param share from 0 to 1 */
  show(share: number, words: string): void
  /** Removes the bar. */
  clear(): void
}

export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined }
  let drawn = 0
  return {
    show: (share, words) => {
      const now = performance.now()
      if (now - drawn < PACE) return
      drawn = now
      const full = Math.round(share * WIDTH)
      drawOn(stream, `\r\u001b[2K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${words}`)
    },
    clear: () => {
      if (drawn > 0) drawOn(stream, '\r\u001b[2K')
    },
  }
}
