import type { RelatedPlace } from './diagnostic.js'

/** A fault at an offset of a piece of text. `moveFaults` moves it to the file's offsets, and `SourceFile.report` makes it a diagnostic. */
export interface Fault {
  readonly code: string
  readonly message: string
  /** Offsets in UTF-16 units, the end not included. */
  readonly span: { readonly start: number; readonly end: number }
  readonly hint?: string
  /** `error` if absent. */
  readonly severity?: 'error' | 'warning'
  /** Other places that are involved, already as lines and columns. */
  readonly related?: readonly RelatedPlace[]
}

/** What was read, or null if a fault is an error. Faults may contain warnings in addition to a value. */
export interface Reading<T> {
  readonly value: T | null
  readonly faults: readonly Fault[]
}

export const isError = (fault: { readonly severity?: 'error' | 'warning' }): boolean => fault.severity !== 'warning'

/** Returns a reading without a value, whose fault covers the whole text. */
export function refuse(text: string, code: string, message: string, hint?: string): { value: null; faults: readonly Fault[] } {
  return {
    value: null,
    faults: [{ code, message, span: { start: 0, end: text.length }, ...(hint === undefined ? {} : { hint }) }],
  }
}
