/** The lines of a report about what tetik did and what is open. */

import { findMetric } from '../metric/catalogue.js'
import { instantText, moneyText, valueText } from '../text/value-text.js'
import type { DecisionCounts, ReportActivity, ReportAlert, ReportChange } from './activity.js'
import { shortDayText } from './day-text.js'
import { entityText, metricName, type ReportStyle } from './style.js'

/** The most entries shown per list; the panel shows all of them. */
const MOST = 5

/** Returns what needs attention: a stop, approvals that are waiting, alerts, suggestions. */
export function openLines({ stop, approvals, suggestions, alerts }: ReportActivity, style: ReportStyle): string[] {
  const { words, language, timezone } = style
  const at = (instant: number): string => instantText(instant, timezone, language)
  return [
    ...(stop === null ? [] : [words.stopped(stop.reason, stop.by, at(stop.since))]),
    ...list(approvals, words.approvals, style, ({ rule, entity, until }) => words.approval(rule, entityText(entity), at(until))),
    ...list(alerts, words.alerts, style, (alert) => alertText(alert, style)),
    ...list(suggestions, words.suggestions, style, (reason) => reason[language]),
  ]
}

export function activityLines({ decisions, changes, doubtful, refusals }: ReportActivity, style: ReportStyle): string[] {
  const { words } = style
  const counts = (Object.keys(words.counts) as (keyof DecisionCounts)[])
    .filter((kind) => decisions[kind] > 0)
    .map((kind) => words.counts[kind](decisions[kind]))
  if (counts.length === 0 && changes.length === 0 && doubtful === 0 && refusals.length === 0) return [words.didNothing]
  return [
    ...(counts.length === 0 ? [words.did] : [`${words.did} ${counts.join(', ')}.`]),
    ...entries(changes, style, (change) => changeText(change, style)),
    ...(doubtful === 0 ? [] : [words.doubtful(doubtful)]),
    ...list(refusals, words.refusals, style, ({ rule, entity }) => `${rule}: ${entityText(entity)}`),
  ]
}

function list<T>(items: readonly T[], title: (count: string) => string, style: ReportStyle, text: (item: T) => string): string[] {
  return items.length === 0 ? [] : [title(String(items.length)), ...entries(items, style, text)]
}

function entries<T>(items: readonly T[], { words }: ReportStyle, text: (item: T) => string): string[] {
  const shown = items.slice(0, MOST).map((item) => `• ${text(item)}`)
  return items.length > MOST ? [...shown, words.more(items.length - MOST)] : shown
}

function changeText({ field, before, target, entity: name, rule }: ReportChange, style: ReportStyle): string {
  const { changes, fields, by } = style.words
  const entity = entityText(name)
  const money = (digits: string): string => (/^\d+$/.test(digits) ? moneyText(Number(digits), style) : '–')
  switch (field) {
    case 'status':
      return `${target === 'ACTIVE' ? changes.started(entity) : changes.paused(entity)}${by(rule)}`
    case 'name':
      return `${changes.renamed(entityText(before), entityText(target))}${by(rule)}`
    case 'labels':
      return `${changes.labelled(entity)}${by(rule)}`
    case 'copy':
      return `${changes.copied(entity)}${by(rule)}`
    default:
      return `${changes.changed(fields[field] ?? field, entity, money(before), money(target))}${by(rule)}`
  }
}

function alertText({ entity, metric, value, lo, hi, since }: ReportAlert, style: ReportStyle): string {
  const { words, language } = style
  const shown = (number: number): string => valueText({ value: number, unit: findMetric(metric)?.unit ?? 'number' }, style)
  const name = metricName(metric, style)
  const what = entity === null ? name : `${entityText(entity)}, ${name}`
  return words.alert(what, value === null ? null : shown(value), shown(lo), shown(hi), shortDayText(since, language))
}
