import type { RelatedPlace } from './diagnostic.js'

/** A fault in a piece of text whose place in a file is not known yet: `locate` in the loader turns it into a diagnostic. */
export interface Fault {
  readonly code: string
  readonly message: string
  /** Offsets in UTF-16 units, the end not included. */
  readonly span: { readonly start: number; readonly end: number }
  readonly hint?: string
  /** `error` where it is absent. */
  readonly severity?: 'error' | 'warning'
  /** Places in files, which are known already. */
  readonly related?: readonly RelatedPlace[]
}

/** What was read, or null if a fault is an error. Faults may contain warnings in addition to a value. */
export interface Reading<T> {
  readonly value: T | null
  readonly faults: readonly Fault[]
}

export const isError = (fault: { readonly severity?: 'error' | 'warning' }): boolean => fault.severity !== 'warning'

/** The reading of a text that is at fault as a whole. */
export function refuse(text: string, code: string, message: string, hint?: string): { value: null; faults: readonly Fault[] } {
  return {
    value: null,
    faults: [{ code, message, span: { start: 0, end: text.length }, ...(hint === undefined ? {} : { hint }) }],
  }
}
