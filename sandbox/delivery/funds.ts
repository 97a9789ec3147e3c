/** Computes when an account's money ends: its card is declined, its prepaid balance is spent, or its spending limit is reached. */

import { type Calendar, HOUR, MINUTE } from '../base/calendar.js'
import type { Payment } from './account.js'

/** Returns what all of the account's ads spend on a day until `asked`, in minor units, if there is enough money. */
type SpentOnDay = (day: number, asked: number) => number

export class Purse {
  /** The end of the money was searched up to here and not found. */
  #lookedUntil: number
  /** Spent from the first start to the beginning of `#day`. */
  #spentBefore: number | null = null
  #day: number
  #endedAt: number | null = null
  readonly #limit: number

  constructor(
    private readonly payment: Payment,
    private readonly calendar: Calendar,
    private readonly firstStart: number,
    private readonly spentOnDay: SpentOnDay,
  ) {
    this.#lookedUntil = firstStart
    this.#day = calendar.dayAt(firstStart)
    this.#limit = Math.min(payment.prepaid ?? Infinity, payment.spendCap?.left ?? Infinity)
  }

  /** Whether the card had been declined by then. */
  isRefused(at: number): boolean {
    return at >= this.#refusedAt()
  }

  /** The instant from which nothing is delivered, or Infinity while none is known by `asked`. */
  endedBy(asked: number): number {
    const refused = this.#refusedAt()
    if (this.#limit === Infinity) return refused
    if (this.#endedAt === null && asked > this.#lookedUntil) this.#look(asked)
    return Math.min(refused, this.#endedAt ?? Infinity)
  }

  /** Minor units spent since the first start, at most the balance or limit. */
  spentBy(asked: number): number {
    const spent = this.#spentFromStart(Math.min(asked, this.endedBy(asked)))
    return Math.min(spent, this.#limit)
  }

  #refusedAt(): number {
    const { refusedHoursBefore: hours } = this.payment
    return hours === undefined ? Infinity : this.firstStart - hours * HOUR
  }

  #spentFromStart(at: number): number {
    if (at <= this.firstStart) return 0
    const first = this.calendar.dayAt(this.firstStart)
    let spent = -this.spentOnDay(first, this.firstStart)
    for (let day = first; day <= this.calendar.dayAt(at); day++) spent += this.spentOnDay(day, at)
    return spent
  }

  /** Searches for the end of the money day by day, and within its day to the minute. */
  #look(asked: number): void {
    let before = this.#spentBefore ?? -this.spentOnDay(this.#day, this.firstStart)
    const today = this.calendar.dayAt(asked)
    while (this.#endedAt === null) {
      const end = Math.min(asked, this.calendar.dayStart(this.#day + 1))
      const spent = before + this.spentOnDay(this.#day, end)
      if (spent >= this.#limit) this.#endedAt = this.#minuteOfEnd(end, before)
      else if (this.#day >= today) break
      else {
        before = spent
        this.#day += 1
      }
    }
    this.#spentBefore = before
    this.#lookedUntil = asked
  }

  #minuteOfEnd(until: number, spentBefore: number): number {
    let [low, high] = [Math.max(this.firstStart, this.calendar.dayStart(this.#day)), until]
    while (high - low > MINUTE) {
      const middle = Math.floor((low + high) / 2)
      if (spentBefore + this.spentOnDay(this.#day, middle) >= this.#limit) high = middle
      else low = middle
    }
    return high
  }
}
