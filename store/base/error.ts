/** Errors of the store as a whole. Code decides on `code`; the message is for people. */

import { isDamage } from './damage.js'

export type StoreErrorCode =
  /** The URL is not one of ours. */
  | 'unsupported-url'
  /** The file is not a SQLite database, or it is damaged. */
  | 'not-a-store'
  /** This SQLite can corrupt a file that several processes write. */
  | 'unsafe-sqlite'
  /** A newer tetik wrote it. */
  | 'newer-store'
  /** The file or its folder cannot be opened or written. */
  | 'unreachable'
  /** The disk has no room for another write. */
  | 'full'
  /** Another process kept it locked for longer than the time-out. */
  | 'busy'
  | 'failed-migration'

export class StoreError extends Error {
  override readonly name = 'StoreError'

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Converts an error of SQLite or of the file system to a `StoreError`; returns any other error unchanged. */
export function storeErrorOf(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (error instanceof StoreError || code === '') return error
  if (isDamage(error)) {
    return new StoreError(
      'not-a-store',
      `${file} is not a SQLite database, or it is damaged. Nothing was changed in it: restore a backup, or move it away to start with an empty store.`,
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StoreError('busy', `Another process has locked ${file} for more than five seconds.`, { cause: error })
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError(
      'full',
      `The disk of ${file} is full. No write was left half done. Free some space, and tetik continues.`,
      {
        cause: error,
      },
    )
  }
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM|IOERR)|E[A-Z]+)/.test(code)) {
    return new StoreError('unreachable', `${file} cannot be read or written (${code}).`, { cause: error })
  }
  return error
}
