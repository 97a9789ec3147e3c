/**
 * An error or a warning in a file, with its place. Diagnostics are collected and never thrown, so that all those of a file are
 * shown at once. Code decides on `code`, never on `message`.
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
  /** Other places that are involved: the blueprint that a rule uses, the other rule of a conflict. */
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
