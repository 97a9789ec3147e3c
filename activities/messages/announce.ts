/** Prints one line on the terminal about a decision and its outcome, with its numbers. */

import type { Account } from '../../engine/account/account.js'
import { changeInWords } from '../../engine/change/in-words.js'
import type { FactEntity } from '../../engine/facts/facts.js'
import type { TraceLeaf } from '../../engine/rule/decision.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Decision } from '../../engine/rule/state/tick.js'
import { oneLine } from '../../engine/text/one-line.js'
import { firingText } from '../../engine/wording/firing-text.js'
import { entityOfRow, traceOfRow } from '../../store/decisions/decision-row.js'
import { mutationsOfDecision } from '../../store/decisions/mutations.js'
import { type Message, messagesOfDecision } from '../../store/messages/messages.js'
import { carriedOut, type CarriedOut } from '../base/carried-out-rule.js'
import type { ActivityDependencies } from '../base/dependencies.js'

const ENDS = new Set(['waiting', 'done', 'refused', 'failed', 'stopped'])
const UNSETTLED = new Set(['intended', 'accepted', 'sent'])

/**
 * Announces a decision once its steps and its messages can get no further for now; before that it prints nothing.
 *
 * @param settledMessage one of its messages that is no longer waited for, whatever its status is
 *
 * `pause-expensive-adsets · pauses the ad set “Kış”: cost per purchase over the last 3 days ₺412 (2 purchases, ₺824), limit ₺180 →
 * paused · WhatsApp to owner delivered`
 */
export async function announceDecision(
  dependencies: ActivityDependencies,
  id: string,
  settledMessage: string | null = null,
): Promise<void> {
  const { store, settings, announce } = dependencies
  const carried = await carriedOut(store, id)
  const { decision } = carried
  const messages = await messagesOfDecision(store, id)
  if (!ENDS.has(decision.progress) || messages.some((message) => message.id !== settledMessage && UNSETTLED.has(message.status)))
    return

  const currency = settings().accounts.find(({ name }) => name === decision.account)?.currency ?? null
  const mutations = await mutationsOfDecision(store, id)
  const changes = mutations
    .filter(({ outcome }) => outcome === 'confirmed' || outcome === 'unchanged')
    .map((mutation) => changeInWords(mutation, { currency: currency ?? '' }).done)
  const ended = decision.progress === 'done' || decision.progress === 'waiting'
  const outcome = [...changes, ...(ended ? [] : [`${decision.progress}: ${decision.note ?? ''}`])].join(', ')
  announce([`${headOf(carried, currency)}${outcome === '' ? '' : ` → ${outcome}`}`, ...messages.map(messageInWords)].join(' · '))
}

/** If there are more firings than this, the rest share one line. */
const LISTED_ONE_BY_ONE = 2

/** Announces the firings of one observing rule in a tick. */
export function announceObserved(
  { announce }: Pick<ActivityDependencies, 'announce'>,
  rule: Rule,
  firings: readonly Pick<Decision, 'entity' | 'trace' | 'note'>[],
  { currency }: Pick<Account, 'currency'>,
): void {
  const few = firings.length <= LISTED_ONE_BY_ONE + 1
  const [listed, rest] = few ? [firings, []] : [firings.slice(0, LISTED_ONE_BY_ONE), firings.slice(LISTED_ONE_BY_ONE)]
  for (const { entity, trace, note } of listed) {
    announce(`${lineOf(rule, entity, trace, currency)} (only observed)${note === null ? '' : ` ${note}`}`)
  }
  if (rest.length === 0) return
  const names = rest.map(({ entity }) => `“${entity.name ?? entity.id ?? entity.key}”`)
  announce(oneLine(`${rule.id} · and ${rest.length} more of them (only observed): ${names.join(', ')}`, 400))
}

const headOf = ({ decision, rule }: CarriedOut, currency: string | null): string =>
  lineOf(rule, entityOfRow(decision), traceOfRow(decision), currency)

const lineOf = (rule: Rule, entity: FactEntity, trace: readonly TraceLeaf[], currency: string | null): string =>
  `${rule.id} · ${firingText(rule, entity, trace, { language: 'en', currency, result: null })}`

/** Returns `WhatsApp to owner delivered`, with the reason if it failed. */
export function messageInWords({ recipient, status, error_json: error }: Message): string {
  const reason = error === null ? null : (JSON.parse(error) as { message?: string }).message
  const how = status === 'unknown' ? 'with unknown outcome' : status
  return `WhatsApp to ${recipient} ${how}${reason === undefined || reason === null ? '' : `: ${reason}`}`
}
