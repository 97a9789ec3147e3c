/** Standard output and error: escapes control characters, and handles writes that fail because the disk is full or the reader is gone. */

/** Takes lines of text. */
export interface Output {
  write(text: string): unknown
}

const STREAMS = [process.stdout, process.stderr]
let isOutlived = false

/**
 * Control characters that must not be printed: all but line ends, tabs, and the colours that views use. Views already replace them in
 * names (`engine/text/printable.ts`); any that are left, as in JSON, are written as escapes like `\u009b`, which in JSON are the same
 * text.
 */
const UNWANTED = /\u001b\[(?:[0124]|2[24]|3[0-7]|39|9[0-7])m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

export const withoutControls = (text: string): string =>
  text.replace(UNWANTED, (found) => (found.length > 1 ? found : escaped(found)))

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Writes to the terminal without escaping; only for drawing, such as a progress bar. */
export function drawOn(stream: NodeJS.WriteStream, text: string): void {
  const write = rawWrites.get(stream) ?? ((raw: string) => stream.write(raw))
  write(text)
}

const rawWrites = new Map<NodeJS.WriteStream, (text: string) => boolean>()

function guard(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream)
  rawWrites.set(stream, (text) => write(text))
  stream.write = (chunk: string | Uint8Array, ...more: []) =>
    write(typeof chunk === 'string' ? withoutControls(chunk) : chunk, ...more)
}

/**
 * Sets up the output of every command. Control characters are escaped. If the reader stops early (`| head`), the rest is discarded
 * and the exit status stays the same; any other failure to write ends the command with status 2.
 */
export function watchOutput(): void {
  for (const stream of STREAMS) {
    guard(stream)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || isOutlived) return
      // If this cannot be written either, the exit status still shows it.
      if (stream !== process.stderr)
        process.stderr.write(`tetik: the output could not be written (${error.code ?? error.message}).\n`)
      process.exit(2)
    })
  }
}

/** For long-running processes (`tetik up` and its parts): from now on, a line that cannot be written ends and throws nothing. */
export function outliveOutput(): void {
  if (isOutlived) return
  isOutlived = true
  // A stream's error without a listener would be thrown.
  for (const stream of STREAMS) stream.on('error', () => {})
}

/**
 * Returns an output on a stream whose writes may fail for a while. Once they succeed again, it reports the number of missing lines.
 *
 * @param back reports the missing lines; by default with a line on the stream itself
 */
export function lastingOutput(
  stream: NodeJS.WritableStream,
  back: (lost: number, code: string) => void = (lost, code) =>
    void stream.write(`tetik: ${lost} lines could not be written here (${code}).\n`),
): Output {
  let lost = 0
  let code = ''
  return {
    write: (text) =>
      // Part of the previous line may have been written.
      stream.write(lost > 0 ? `\n${text}` : text, (error?: NodeJS.ErrnoException | null) => {
        if (error) {
          lost += 1
          code = error.code ?? 'unknown'
        } else if (lost > 0) {
          const before = lost
          lost = 0
          back(before, code)
        }
      }),
  }
}
