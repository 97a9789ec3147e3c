import { parseTimeOfDay } from '../../clock/zone.js'
import { type Reading, refuse } from '../../diagnostic/fault.js'

/** Reads a time of day of a rule, `00:00` to `23:59`, and reports one that is malformed. */
export function readTimeOfDay(text: string): Reading<string> {
  const time = text.trim()
  if (parseTimeOfDay(time) !== null) return { value: time, faults: [] }
  const padded = `0${time}`
  const hint =
    parseTimeOfDay(padded) !== null
      ? `did you mean \`${padded}\`?`
      : time === '24:00'
        ? 'did you mean `00:00`?'
        : 'from `00:00` to `23:59`'
  return refuse(text, 'bad-time', 'this is not a time of day', hint)
}
