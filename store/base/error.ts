/** What can go wrong with the store as a whole; `code` decides, the message is for people. */

import { isDamage } from './damage.js'

export type StoreErrorCode =
  /** The URL is not one of ours. */
  | 'unsupported-url'
  /** The file is not SQLite's, or it is damaged. */
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

/** Turns what SQLite or the file system said into a StoreError; anything else comes back as it is. */
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
    return new StoreError('busy', `${file} is locked by another process for longer than five seconds.`, { cause: error })
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError(
      'full',
      `There is no room on the disk of ${file}. Nothing was half written; make room, and it goes on.`,
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
