/** A form that uploads a file (multipart/form-data, RFC 7578); undici encodes it while it sends it. */

import { FormData } from 'undici'

export interface FilePart {
  /** Name of the form field. */
  readonly part: string
  readonly fileName: string
  readonly bytes: Uint8Array
}

/**
 * Returns a form with `fields`, in their order, and the file last. It is undici's own `FormData`: undici 7 does not encode
 * Node's global one.
 */
export function formWithFile(fields: Iterable<readonly [string, string]>, file: FilePart): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  // The bytes of a file are never in shared memory, which a Blob could not contain.
  form.append(file.part, new Blob([file.bytes]), file.fileName)
  return form
}
