/**
 * A value as evaluation knows it.
 *
 * Money is in the account's minor units (a ratio of money may be a fraction of one), percentages are ratios, durations
 * milliseconds, yes-or-no is a boolean. `AtLeast` is a cost of something that has not happened yet; `Unknown` says why.
 */
export type Value = number | string | boolean | AtLeast | Unknown

/** A number that is `bound` or more: a ratio whose count is still zero. */
export class AtLeast {
  constructor(readonly bound: number) {}
}

/** A value that the data does not hold. `reason` is a clause for people: "no rows before 2026-01-02". */
export class Unknown {
  readonly #inTurkish: string | null

  /** @param inTurkish the same clause for Turkish readers of messages */
  constructor(
    readonly reason: string,
    inTurkish: string | null = null,
  ) {
    this.#inTurkish = inTurkish
  }

  /** Returns the clause in the given language, or in English if there is no Turkish one. */
  reasonIn(language: 'tr' | 'en'): string {
    return language === 'tr' ? (this.#inTurkish ?? this.reason) : this.reason
  }
}

/** Kleene's three truth values; `null` is unknown. */
export type Truth = boolean | null
