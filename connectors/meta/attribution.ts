/**
 * Chooses which of an action's numbers counts. Meta gives `value`, by the ad set's own attribution setting, and one number for
 * each requested window. Windows of one kind contain each other (`1d_click` is part of `7d_click`) and windows of different kinds
 * do not overlap, so the longest of each kind are added up, as in Ads Manager.
 */

import { measureOfActionType } from '../../engine/metric/actions.js'
import { factsOfMeasure } from '../../engine/metric/catalogue.js'
import { AnswerMismatch, type AnswerObject } from '../answer.js'

const WINDOW = /^(\d+)d_(click|view|ev)$/

/** Returns the windows to request and add up; empty for each ad set's own setting. Null if a name is not a valid window. */
export function windowsToAdd(attribution: readonly string[]): readonly string[] | null {
  const longest = new Map<string, { days: number; window: string }>()
  for (const window of attribution) {
    const parts = WINDOW.exec(window)
    if (parts === null) return null
    const [, days = '', kind = ''] = parts
    if (Number(days) > (longest.get(kind)?.days ?? 0)) longest.set(kind, { days: Number(days), window })
  }
  return [...longest.values()].map(({ window }) => window)
}

/** Immediate actions that no metric of the catalogue counts. */
const OTHER_IMMEDIATE = new Set(['page_engagement', 'post_engagement', 'post_reaction', 'post', 'comment', 'like'])

/** Whether an action happens at the click or view itself, so that windows do not apply. The catalogue says so of its metrics. */
function isImmediate(type: string): boolean {
  const measure = measureOfActionType(type)
  return measure === null ? OTHER_IMMEDIATE.has(type) : factsOfMeasure(measure)?.isConversion === false
}

/**
 * Returns the action's number: `value` if no windows were requested or the action is immediate, otherwise the sum over the
 * windows, of which Meta leaves out empty ones. `convert` parses Meta's text.
 */
export function attributed(action: AnswerObject, windows: readonly string[], convert: (text: string) => number | null): number {
  const read = (key: string): number => {
    const raw = action.raw(key)
    const number = typeof raw === 'string' || typeof raw === 'number' ? convert(String(raw)) : null
    if (number === null) throw new AnswerMismatch(action.at(key), 'a number', raw)
    return number
  }
  if (windows.length === 0 || isImmediate(action.text('action_type'))) return read('value')
  return windows.filter((window) => action.raw(window) !== undefined).reduce((sum, window) => sum + read(window), 0)
}
