/** Days and hours. A `Calendar` knows its time zone; the functions here use only day numbers. */

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Periods whose offset changes are looked up together. */
const WINDOW = 400 * DAY

interface OffsetChange {
  /** The instant from which the offset holds, in milliseconds. */
  readonly from: number
  readonly offset: number
}

/** Days and hours in an account's time zone, with daylight saving time. */
export class Calendar {
  readonly #windows = new Map<number, readonly OffsetChange[]>()
  readonly #format: Intl.DateTimeFormat

  /** @param timeZone an IANA name, as `Europe/Berlin` */
  constructor(readonly timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  }

  /** Milliseconds that local time is ahead of UTC at an instant. */
  offsetAt(instant: number): number {
    const index = Math.floor(instant / WINDOW)
    let changes = this.#windows.get(index)
    if (changes === undefined) {
      changes = this.#changesWithin(index * WINDOW, (index + 1) * WINDOW)
      this.#windows.set(index, changes)
    }
    let offset = changes[0]?.offset ?? 0
    for (let next = 1; next < changes.length; next++) {
      const change = changes[next]
      if (change === undefined || change.from > instant) break
      offset = change.offset
    }
    return offset
  }

  /** Number of the local day (days since 1970-01-01) at an instant in milliseconds. */
  dayAt(instant: number): number {
    return Math.floor((instant + this.offsetAt(instant)) / DAY)
  }

  /** The instant at which a day begins. */
  dayStart(day: number): number {
    const guess = day * DAY - this.offsetAt(day * DAY)
    return day * DAY - this.offsetAt(guess)
  }

  /** The local hour of the day, 0 to 23. */
  hourAt(instant: number): number {
    const local = instant + this.offsetAt(instant)
    return Math.floor((local - Math.floor(local / DAY) * DAY) / HOUR)
  }

  /** An instant in Graph's format: `2026-12-01T00:00:00+0300`. */
  instantText(instant: number): string {
    const offset = this.offsetAt(instant)
    const minutes = Math.abs(offset) / MINUTE
    const two = (number: number): string => String(number).padStart(2, '0')
    const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
    return `${new Date(instant + offset).toISOString().slice(0, 19)}${zone}`
  }

  #changesWithin(from: number, to: number): OffsetChange[] {
    const changes: OffsetChange[] = [{ from, offset: this.#read(from) }]
    let before = changes[0]?.offset ?? 0
    for (let at = from; at < to; at += DAY) {
      const next = Math.min(at + DAY, to)
      const offset = this.#read(next)
      if (offset === before) continue
      let [low, high] = [at, next]
      while (high - low > MINUTE) {
        const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
        if (this.#read(middle) === before) low = middle
        else high = middle
      }
      changes.push({ from: high, offset })
      before = offset
    }
    return changes
  }

  #read(instant: number): number {
    const name = this.#format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? []
    return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE)
  }
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

/** `2026-03-10` */
export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** Returns the day number of a date such as `2026-03-10`; null if the text is not a date. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const instant = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text) return null
  return instant / DAY
}

/** Parses ISO 8601 or UNIX seconds, both of which Graph accepts; null if it is neither. */
export function parseInstant(value: string | number): number | null {
  const text = String(value).trim()
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(instant) ? null : instant
}

/** First day of the month that is `months` after the month of `day`. */
export function monthStart(day: number, months = 0): number {
  const date = new Date(day * DAY)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY
}
