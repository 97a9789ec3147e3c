import { DAY, HOUR, MINUTE } from '../../clock/zone.js'

/** Returns the duration as it follows the word "every": `day`, `3 days`, `90 minutes`. */
export function durationInWords(duration: number): string {
  if (duration % DAY === 0) return duration === DAY ? 'day' : `${duration / DAY} days`
  if (duration % HOUR === 0) return duration === HOUR ? 'hour' : `${duration / HOUR} hours`
  return `${Math.round(duration / MINUTE)} minutes`
}
