/** Reads windows: the text between `[` and `]` after a metric. */

import type { Fault } from '../../diagnostic/fault.js'
import { nearestName } from '../../diagnostic/nearest.js'
import type { DatePreset, Span, Window } from '../syntax.js'
import type { Token } from './tokens.js'

/** What each preset covers, as in Insights; for the reference and the editor. */
export const PRESET_DESCRIPTIONS: Readonly<Record<DatePreset, { readonly en: string; readonly tr: string }>> = {
  today: { en: 'Today so far', tr: 'Bugün, şu ana dek' },
  yesterday: { en: 'Yesterday', tr: 'Dün' },
  last_3d: { en: 'The three days up to yesterday', tr: 'Düne dek üç gün' },
  last_7d: { en: 'The seven days up to yesterday', tr: 'Düne dek yedi gün' },
  last_14d: { en: 'The 14 days up to yesterday', tr: 'Düne dek 14 gün' },
  last_28d: { en: 'The 28 days up to yesterday', tr: 'Düne dek 28 gün' },
  last_30d: { en: 'The 30 days up to yesterday', tr: 'Düne dek 30 gün' },
  last_90d: { en: 'The 90 days up to yesterday', tr: 'Düne dek 90 gün' },
  this_week_mon_today: { en: 'Since Monday, today so far included', tr: 'Pazartesiden bugüne' },
  last_week_mon_sun: { en: 'The week before, Monday to Sunday', tr: 'Geçen hafta, pazartesiden pazara' },
  this_month: { en: 'Since the first of the month, today so far included', tr: 'Ayın birinden bugüne' },
  last_month: { en: 'The whole month before', tr: 'Geçen ay' },
  maximum: { en: 'All that is known', tr: 'Bilinen her şey' },
}

export const DATE_PRESETS = Object.keys(PRESET_DESCRIPTIONS) as readonly DatePreset[]

/** Insights keeps 37 months of data. */
const MOST_DAYS = 37 * 31

const isPreset = (text: string): text is DatePreset => (DATE_PRESETS as readonly string[]).includes(text)

export interface ReadWindow {
  readonly window: Window | null
  /** The window that an invalid one clearly means; hints for the metric in front use it. */
  readonly meant: Window | null
  readonly faults: readonly Fault[]
}

/** Reads the tokens between the brackets. `span` includes the brackets. */
export function readWindow(tokens: readonly Token[], span: Span): ReadWindow {
  const refuse = (
    message: string,
    at: Span,
    hint?: string,
    code = 'unknown-window',
    meant: Window | null = null,
  ): ReadWindow => ({
    window: null,
    meant,
    faults: [{ code, message, span: at, ...(hint === undefined ? {} : { hint }) }],
  })
  const first = tokens[0]
  if (first === undefined) return refuse('the window is empty', span, `one of ${presetsInWords()}, \`5d\` or \`6h\``)

  let rest: readonly Token[]
  let length: { count: number; unit: 'd' | 'h' } | DatePreset
  if (first.kind === 'number') {
    const read = readCount(first, tokens[1], span)
    if (read.kind === 'fault') return { window: null, meant: read.meant, faults: [read.fault] }
    length = read
    rest = tokens.slice(2)
  } else if (first.kind === 'word' && isPreset(first.text)) {
    length = first.text
    rest = tokens.slice(1)
  } else {
    const text = first.kind === 'word' ? first.text : null
    const other = text === null ? undefined : otherWindow(text)
    return refuse(
      text === null ? 'this is not a window' : `there is no window \`${text}\``,
      text === null ? { start: first.span.start, end: tokens.at(-1)!.span.end } : first.span,
      other?.hint ?? `one of ${presetsInWords()}, or days and hours such as \`5d\` and \`6h\``,
      'unknown-window',
      tokens.length === 1 ? (other?.window ?? null) : null,
    )
  }

  let offset: { count: number; unit: 'd' | 'h' } | null = null
  const [keyword] = rest
  if (keyword !== undefined) {
    const span = { start: keyword.span.start, end: rest.at(-1)!.span.end }
    if (keyword.kind !== 'word' || keyword.text !== 'offset') {
      return refuse('only `offset` may follow here', span, 'for example `[7d offset 7d]`')
    }
    const amount = rest[1]
    if (amount?.kind !== 'number' || rest.length > 3) {
      return refuse('`offset` needs one number of days or hours', span, 'for example `[7d offset 7d]`')
    }
    const read = readCount(amount, rest[2], span)
    if (read.kind === 'fault') return { window: null, meant: null, faults: [read.fault] }
    offset = read
  }

  if (typeof length === 'object' && length.unit === 'h') {
    const offsetHours = offset === null ? 0 : offset.unit === 'h' ? offset.count : offset.count * 24
    return found({ kind: 'hours', count: length.count, offsetHours })
  }
  if (offset?.unit === 'h') {
    return refuse(
      'a window of whole days cannot be moved by hours',
      span,
      'move it by days, or use a window of hours: `[6h offset 24h]`',
    )
  }
  const offsetDays = offset?.count ?? 0
  if (typeof length === 'object') return found({ kind: 'days', count: length.count, offsetDays })
  if (length === 'maximum' && offset !== null) {
    return refuse('`maximum` covers all data and cannot be moved', span, 'leave the `offset` out')
  }
  return found({ kind: 'preset', preset: length, offsetDays })
}

const found = (window: Window): ReadWindow => ({ window, meant: null, faults: [] })

type Count = { readonly kind: 'count'; readonly count: number; readonly unit: 'd' | 'h' }

type CountFault = { readonly kind: 'fault'; readonly fault: Fault; readonly meant: Window | null }

function readCount(number: Token & { kind: 'number' }, unit: Token | undefined, brackets: Span): Count | CountFault {
  const span = { start: number.span.start, end: unit?.span.end ?? number.span.end }
  const refuse = (message: string, hint: string, code = 'unknown-window'): CountFault => ({
    kind: 'fault',
    fault: { code, message, span, hint },
    meant: null,
  })
  const text = unit?.kind === 'word' ? unit.text : null
  if (text === null) {
    return {
      kind: 'fault',
      fault: {
        code: 'unknown-window',
        message: 'the window has no unit',
        span: unit ? brackets : span,
        hint: `did you mean \`${number.text}d\`?`,
      },
      meant: unit === undefined ? days(number.value) : null,
    }
  }
  if (text !== 'd' && text !== 'h') {
    const { hint, window } = otherUnit(number.value, text)
    return { ...refuse(`\`${text}\` is not a unit of windows`, hint), meant: window }
  }
  const most = text === 'd' ? MOST_DAYS : MOST_DAYS * 24
  if (!Number.isInteger(number.value) || number.value < 1) {
    return refuse('a window is a whole number of days or hours, at least one', `for example \`1${text}\``, 'bad-window')
  }
  if (number.value > most)
    return refuse('Meta keeps 37 months of data, and no window can be longer', `at most \`${most}${text}\``, 'bad-window')
  return { kind: 'count', count: number.value, unit: text }
}

const days = (count: number, offsetDays = 0): Window => ({ kind: 'days', count, offsetDays })
const hours = (count: number): Window => ({ kind: 'hours', count, offsetHours: 0 })

/** The hint for a window by another name, and the window itself if it is clear which one is meant. */
interface Other {
  readonly hint: string
  readonly window: Window | null
}

const suggest = (window: Window): Other => ({ hint: `did you mean \`${windowText(window)}\`?`, window })

function otherUnit(count: number, unit: string): Other {
  if (/^w(eeks?)?$/i.test(unit)) return suggest(days(count * 7))
  if (/^(d|days?)$/i.test(unit)) return suggest(days(count))
  if (/^h(ours?)?$/i.test(unit)) return suggest(hours(count))
  if (/^m(in(utes?)?)?$/i.test(unit)) return { hint: 'the shortest window is an hour: `1h`', window: null }
  return { hint: 'days are written `5d`, hours `6h`', window: null }
}

/** Returns the text of a window as written between the brackets. */
export function windowText(window: Window): string {
  const offset = window.kind === 'hours' ? window.offsetHours : window.offsetDays
  const unit = window.kind === 'hours' ? 'h' : 'd'
  const length = window.kind === 'preset' ? window.preset : `${window.count}${unit}`
  return `${length}${offset === 0 ? '' : ` offset ${offset}${unit}`}`
}

const preset = (name: DatePreset): Window => ({ kind: 'preset', preset: name, offsetDays: 0 })

/** Other names of windows. A word without one meaning, such as "last week", gets an explanation instead of a suggestion. */
const IN_OTHER_WORDS: readonly (readonly [RegExp, string | Window, Window?])[] = [
  [
    /^(last|past|prev|previous)_week$/,
    '`last_week_mon_sun` is the week before, Monday to Sunday, and `last_7d` the seven days up to yesterday',
  ],
  [/^(last|past|prev|previous)_week_\w+$/, 'weeks begin on Monday: `last_week_mon_sun`', preset('last_week_mon_sun')],
  [/^((this|current)_)?week$|^week_to_date$|^wtd$/, '`this_week_mon_today` is the week since Monday, today included'],
  [/^this_week_\w+$/, 'weeks begin on Monday: `this_week_mon_today`', preset('this_week_mon_today')],
  [/^lifetime$|^life_time$|^all(_time|_data)?$|^ever$|^max$|^total$/, '`maximum` covers all data', preset('maximum')],
  [/^(current_)?month$|^month_to_date$|^mtd$|^bu_ay$/, preset('this_month')],
  [/^(past|prev|previous)_month$|^gecen_ay$/, preset('last_month')],
  [/^(past|prev|previous|last)_day$|^last_1_?d(ays?)?$|^dun$/, preset('yesterday')],
  [/^(current_|this_)?day$|^now$|^bugun$|^so_far$/, preset('today')],
  [/^(this|last|past)_hour$|^hour$/, hours(1)],
]

/** Returns the window for another name: `last_3_days`, or `last_5d`, which is not a preset of Insights. */
function otherWindow(text: string): Other | undefined {
  const plain = text.toLowerCase()
  const said = IN_OTHER_WORDS.find(([pattern]) => pattern.test(plain))
  if (said !== undefined) {
    const [, meant, window = null] = said
    return typeof meant === 'string' ? { hint: meant, window } : suggest(meant)
  }
  const count = /^(?:last|past|previous|prev|son|l)_?(\d{1,3})_?(d|days?|gun|h|hrs?|hours?|saat|w|weeks?|hafta)$/.exec(plain)
  if (count === null) {
    const near = nearestName(text, DATE_PRESETS)
    return near === null ? undefined : suggest(preset(near as DatePreset))
  }
  const [, number, unit] = count
  if (/^(h|s)/.test(unit!)) return suggest(hours(Number(number)))
  const length = Number(number) * (/^(w|hafta)/.test(unit!) ? 7 : 1)
  const name = `last_${length}d`
  if (isPreset(name)) return suggest(preset(name))
  const window = days(length, 1)
  return { hint: `the ${length} days up to yesterday are \`${windowText(window)}\``, window }
}

const presetsInWords = (): string => DATE_PRESETS.map((preset) => `\`${preset}\``).join(', ')
