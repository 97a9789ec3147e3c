/**
 * A fault or a warning in something that a person wrote, with its place. Faults are collected, never thrown, so that all
 * of a file's are shown at once. Code decides on `code`, never on `message`.
 */
export interface Diagnostic {
  /** Stable, kebab-case, for example `unknown-metric`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string
  /** As the user named it. */
  readonly file: string
  /** From 1; the column counts UTF-16 units. */
  readonly line: number
  readonly column: number
  /** How many columns the caret underlines; at least 1. */
  readonly length: number
  /** What to do, or the nearest name: "did you mean `last_7d`?" */
  readonly hint?: string
  /** Other places that have a part in it: the blueprint behind a use, the other rule of a conflict. */
  readonly related?: readonly RelatedPlace[]
}

export interface RelatedPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
  /** What is there, as a clause: "the blueprint `max-cpa`". */
  readonly message: string
}
