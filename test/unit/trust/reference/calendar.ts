/** Days and hours in a time zone, from the runtime's `Intl`. */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone)
  if (known === undefined) {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
    formats.set(zone, (known = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields })))
  }
  return known
}

function partsOf(at: number, zone: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
}

const days = new Map<string, string>()

/** Returns the calendar day in the zone. */
export function localDay(at: number, zone: string): string {
  const known = days.get(`${at} ${zone}`)
  if (known !== undefined) return known
  const { year, month, day } = partsOf(at, zone)
  days.set(`${at} ${zone}`, `${year}-${month}-${day}`)
  return `${year}-${month}-${day}`
}

export const localHour = (at: number, zone: string): number => Number(partsOf(at, zone)['hour'])

export const plusDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10)

/** 0 is Monday. */
export const weekday = (day: string): number => (new Date(day).getUTCDay() + 6) % 7

/** Returns the number of days of the month. */
export const monthLength = (day: string): number => {
  let length = 28
  while (plusDays(`${day.slice(0, 8)}01`, length).slice(0, 7) === day.slice(0, 7)) length += 1
  return length
}

const ends = new Map<string, number>()

/** Returns the first instant of a later calendar day. */
export function endOfDay(day: string, zone: string): number {
  const known = ends.get(`${day} ${zone}`)
  if (known !== undefined) return known
  let [low, high] = [Date.parse(day) - 2 * 86_400_000, Date.parse(day) + 4 * 86_400_000]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (localDay(middle, zone) > day) high = middle
    else low = middle
  }
  ends.set(`${day} ${zone}`, high)
  return high
}
