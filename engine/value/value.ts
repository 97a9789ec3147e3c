/**
 * A value in the evaluation of a rule.
 *
 * Money is in the account's minor units (a cost per result may be a fraction of one), percentages are ratios, durations are in
 * milliseconds, yes-or-no is a boolean. `AtLeast` is a cost of something that has not happened yet; `Unknown` contains a reason.
 */
export type Value = number | string | boolean | AtLeast | Unknown

/** A number of at least `bound`: a ratio whose denominator is still zero. */
export class AtLeast {
  constructor(readonly bound: number) {}
}

/** A value that is not in the data. `reason` is a clause for people: "no rows before 2026-01-02". */
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
