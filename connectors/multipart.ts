/** A form with a file (multipart/form-data, RFC 7578), put together in one piece of memory in addition to the file's own. */

import { randomBytes } from 'node:crypto'

export interface FilePart {
  /** Name of the part. */
  readonly part: string
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** The boundary is 144 random bits, so that no content can hold it. */
export function encodeMultipart(
  fields: readonly (readonly [string, string])[],
  file: FilePart,
): { type: string; body: Uint8Array } {
  const boundary = `tetik-${randomBytes(18).toString('hex')}`
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  )
  const disposition = `form-data; name="${quoted(file.part)}"; filename="${quoted(file.fileName)}"`
  const head = `${parts.join('')}--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

/** As browsers escape names within the header (HTML, "multipart/form-data encoding algorithm"). */
const quoted = (name: string): string => name.replace(/"/g, '%22').replace(/\r\n|\r|\n/g, '%0D%0A')
