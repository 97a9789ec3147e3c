/**
 * Which of an action's numbers counts. Meta gives `value`, by the ad set's own attribution setting, and one number for each
 * window that was asked for. Windows of one kind contain each other (`1d_click` is part of `7d_click`), windows of
 * different kinds do not overlap, so the longest of each kind are added up, which is what Ads Manager shows.
 */

import { AnswerMismatch, type AnswerObject } from '../answer.js'

const WINDOW = /^(\d+)d_(click|view|ev)$/

/** The windows to ask for and to add up; empty for each ad set's own setting. Null where a name is no window that adds up. */
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

/** Happen at the click or view itself, so that no window has a part in them. */
const IMMEDIATE = new Set([
  'link_click',
  'outbound_click',
  'landing_page_view',
  'omni_landing_page_view',
  'video_view',
  'page_engagement',
  'post_engagement',
  'post_reaction',
  'post',
  'comment',
  'like',
])

/**
 * The action's number: `value` where no windows were asked for and for what happens at once, else the sum over the windows,
 * of which Meta leaves out those without any. `convert` reads Meta's text.
 */
export function attributed(action: AnswerObject, windows: readonly string[], convert: (text: string) => number | null): number {
  const read = (key: string): number => {
    const raw = action.raw(key)
    const number = typeof raw === 'string' || typeof raw === 'number' ? convert(String(raw)) : null
    if (number === null) throw new AnswerMismatch(action.at(key), 'a number', raw)
    return number
  }
  if (windows.length === 0 || IMMEDIATE.has(action.text('action_type'))) return read('value')
  return windows.filter((window) => action.raw(window) !== undefined).reduce((sum, window) => sum + read(window), 0)
}
