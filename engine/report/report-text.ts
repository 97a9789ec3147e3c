/**
 * A report as a message. The most important lines come first, because outside of WhatsApp's 24-hour window only the beginning fits
 * into a template.
 */

import { dayNumberOf, weekdayOf } from '../clock/day.js'
import { textBody } from '../message/whatsapp-text.js'
import { attributionInWords } from '../metric/attribution.js'
import { findMetric } from '../metric/catalogue.js'
import { instantText, type Language, moneyText, numberText, percentageText, valueText } from '../text/value-text.js'
import { Unknown, type Value } from '../value/value.js'
import { activityLines, openLines } from './activity-text.js'
import { daysText, dayText, monthText, weekText } from './day-text.js'
import { FEWEST_RESULTS } from './ranking.js'
import type { Figure, Ranked, Ranking, Report, ReportMonth } from './report.js'
import { changeText, entityText, metricName, type ReportStyle, styleOf } from './style.js'

/** Returns the report in the recipient's language, shortened to WhatsApp's limit for a text message. */
export function reportText(report: Report, language: Language): string {
  const style = styleOf(report.account, language)
  const blocks = [
    [headline(report, style), ...figureLines(report, style)],
    [...monthLines(report.month, style), ...attributionLines(report, style), ...dataLines(report, style)],
    ...(report.activity === null ? [] : [openLines(report.activity, style), activityLines(report.activity, style)]),
    rankingLines(report.rankings, style),
  ]
  return textBody(
    blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  )
}

function headline({ account, period, days }: Report, { language, words }: ReportStyle): string {
  const when = period === 'daily' ? dayText(days.since, language) : weekText(days, language)
  return `${words.title[period]}: ${account.name}, ${when}`
}

function figureLines(report: Report, style: ReportStyle): string[] {
  const { words, language } = style
  const weekday = weekdayOf(dayNumberOf(report.days.since))
  const spendBefore = report.figures[0]!.before
  const compared = report.comparisons.flatMap((comparison, index) =>
    spendBefore[index]!.value instanceof Unknown ? [] : [{ ...comparison, index }],
  )
  const known = report.figures.filter(({ value }) => !(value instanceof Unknown))
  const lines = known.map((figure) => {
    const changes = compared.map(({ index }) => changeSince(figure, index, style))
    const value = figureText(figure.metric, figure.value, style)
    return `${metricName(figure.metric, style)}: ${value}${changes.length === 0 ? '' : ` (${changes.join('; ')})`}`
  })
  if (known.length > 0 && compared.length > 0) {
    const to = compared.map((comparison) => comparison.with)
    lines.unshift(words.legend(to, weekday))
  }
  const unknown = byReason(report.figures, language).map(([reason, metrics]) =>
    words.unknown(metrics.map((metric) => metricName(metric, style)).join(', '), reason),
  )
  const notCompared = report.comparisons.flatMap(({ with: to }, index) => {
    const { value } = spendBefore[index]!
    return value instanceof Unknown && known.length > 0 ? [words.notCompared(to, weekday, value.reasonIn(language))] : []
  })
  return [...lines, ...unknown, ...notCompared]
}

function changeSince({ metric, before }: Figure, index: number, style: ReportStyle): string {
  const { value, change } = before[index]!
  if (change !== null) return changeText(change, style.language)
  // The earlier value is known, but there is no change in per cent, for instance because it was zero.
  return value instanceof Unknown ? '–' : style.words.before(figureText(metric, value, style))
}

const figureText = (metric: string, value: Value, style: ReportStyle): string =>
  valueText({ value, unit: findMetric(metric)?.unit ?? 'number' }, style)

/** Groups the unknown figures by reason: if a day was not read, all of its figures are unknown for the same reason. */
function byReason(figures: readonly Figure[], language: Language): [string, string[]][] {
  const reasons = new Map<string, string[]>()
  for (const { metric, value } of figures) {
    if (!(value instanceof Unknown)) continue
    const reason = value.reasonIn(language)
    reasons.set(reason, [...(reasons.get(reason) ?? []), metric])
  }
  return [...reasons]
}

function monthLines({ month, days, spend, budget, elapsed, forecast }: ReportMonth, style: ReportStyle): string[] {
  const { words, language } = style
  const name = monthText(month.since, language)
  const range = daysText(days, language)
  const share = (value: number): string => percentageText(value, language)
  const lines: string[] = []
  if (spend instanceof Unknown) lines.push(words.unknown(`${name} (${range})`, spend.reasonIn(language)))
  else {
    const soFar = words.month(name, range, valueText({ value: spend, unit: 'money' }, style))
    const isKnown = budget !== null && typeof spend === 'number'
    lines.push(isKnown ? `${soFar} (${words.ofBudget(moneyText(budget, style), share(spend / budget), share(elapsed))})` : soFar)
  }
  if (forecast === null) return lines
  const { total, band } = forecast
  if (typeof total !== 'number') {
    lines.push(
      words.noForecast(total instanceof Unknown ? total.reasonIn(language) : valueText({ value: total, unit: 'money' }, style)),
    )
    return lines
  }
  const notes = [
    ...(band === null ? [] : [words.band(moneyText(band.lo, style), moneyText(band.hi, style))]),
    ...(budget === null ? [] : [words.shareOfBudget(share(total / budget))]),
  ]
  lines.push(`${words.forecast(moneyText(total, style))}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`)
  return lines
}

/** If campaigns cannot be compared, nothing is said about them: the line about ad sets gives the same reason. */
function rankingLines(rankings: readonly Ranking[], style: ReportStyle): string[] {
  const { words, language } = style
  return rankings.flatMap(({ scope, days, best, worst, because }) => {
    const range = daysText(days, language)
    if (because === null) {
      const list = (title: string, entries: readonly Ranked[]): string[] =>
        entries.length === 0 ? [] : [title, ...entries.map((entry) => rankedLine(entry, style))]
      return [...list(words.best(scope, range), best), ...list(words.worst(scope, range), worst)]
    }
    if (scope === 'campaign') return []
    if (because === 'too-few') return [words.tooFew(scope, range, FEWEST_RESULTS)]
    return [words.notRanked(scope, because.reasonIn(language))]
  })
}

const rankedLine = ({ name, cost, results, spend }: Ranked, style: ReportStyle): string =>
  `• ${entityText(name)}: ${style.words.ranked(
    valueText({ value: cost, unit: 'money' }, style),
    numberText(results, style.language, 0),
    moneyText(spend, style),
  )}`

const attributionLines = ({ attribution }: Report, { words, language }: ReportStyle): string[] =>
  attribution.length === 0
    ? []
    : [words.attribution(attribution.map((setting) => attributionInWords(setting, language)).join('; '))]

function dataLines({ data }: Report, { words, language, timezone }: ReportStyle): string[] {
  if (data === null) return []
  if (data.kind === 'file') return [words.file]
  return [data.at === null ? words.noData : words.data(instantText(data.at, timezone, language), timezone)]
}
