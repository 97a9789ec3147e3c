/** Standard output and error: what happens to what cannot be written, since the disk under them is full or its reader is gone. */

/** What takes lines of text. */
export interface Output {
  write(text: string): unknown
}

const STREAMS = [process.stdout, process.stderr]
let isOutlived = false

/**
 * Control characters that no command writes: all but ends of line, tabs, and the colours that views paint with. Views make names
 * visible themselves (`engine/text/printable.ts`); what one forgot, and what JSON leaves as it is, is written as `\u009b`: in JSON the
 * same text, and everywhere harmless.
 */
const UNWANTED = /\u001b\[(?:[0124]|2[24]|3[0-7]|39|9[0-7])m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

export const withoutControls = (text: string): string =>
  text.replace(UNWANTED, (found) => (found.length > 1 ? found : escaped(found)))

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** What draws on the terminal itself (a bar of progress) writes so, and nobody else. */
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
 * What every command does from its start. Control characters are made visible. The reader may stop early (`| head`): the
 * rest is written to nobody, and the exit status stays what it is. An answer that was lost for another reason ends the command
 * with status 2.
 */
export function watchOutput(): void {
  for (const stream of STREAMS) {
    guard(stream)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || isOutlived) return
      // Where this one is lost too, the status still says it.
      if (stream !== process.stderr)
        process.stderr.write(`tetik: the output could not be written (${error.code ?? error.message}).\n`)
      process.exit(2)
    })
  }
}

/** For what runs on (`tetik up` and its parts): from now on nothing ends and nothing is thrown because a line cannot be written. */
export function outliveOutput(): void {
  if (isOutlived) return
  isOutlived = true
  // Also where nobody watches: an error of a stream that nobody listens to is thrown.
  for (const stream of STREAMS) stream.on('error', () => {})
}

/**
 * A stream that may fail for a while. When it can be written again it is said how much is missing.
 *
 * @param back writes that down; by default a line on the stream itself
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
      // Half a line may have found room before.
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
