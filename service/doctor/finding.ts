/** The result of one check of `tetik doctor`. */
export interface Finding {
  /** `Node`, `Temporal`, `account moda-tr` */
  readonly check: string
  readonly status: 'ok' | 'warn' | 'fail'
  /** What was found, in a sentence, without secrets and phone numbers. */
  readonly detail: string
  /** What to do about it; null if nothing. */
  readonly advice: string | null
}

export const ok = (check: string, detail: string): Finding => ({ check, status: 'ok', detail, advice: null })

export const warn = (check: string, detail: string, advice: string): Finding => ({ check, status: 'warn', detail, advice })

export const fail = (check: string, detail: string, advice: string): Finding => ({ check, status: 'fail', detail, advice })
