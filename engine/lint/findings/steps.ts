/** Steps that do more than intended, or nothing at all. */

import type { Settings } from '../../account/account.js'
import type { Rule } from '../../rule/rule.js'
import { durationInWords } from '../rules/durations.js'
import type { Finding } from '../rules/finding.js'
import { notifies } from '../rules/steps.js'
import { reportFindings } from './reports.js'

/** @param saysCooldown whether the rule states its cooldown, rather than having the default */
export function stepFindings(rule: Rule, settings: Settings | null, saysCooldown: boolean): Finding[] {
  return [
    ...silentPause(rule, settings),
    ...lonelyStart(rule),
    ...reportFindings(rule),
    ...(saysCooldown ? shortCooldown(rule) : []),
  ]
}

function* silentPause(rule: Rule, settings: Settings | null): Generator<Finding> {
  const index = rule.then.findIndex(({ kind }) => kind === 'pause')
  if (rule.mode !== 'act' || index < 0 || notifies(rule) || (settings?.recipients.length ?? 0) === 0) return
  yield {
    code: 'silent-pause',
    at: { rule, path: `then[${index}]` },
    message: 'this pauses, but nobody is notified',
    hint: `add \`- whatsapp: { to: ${settings!.recipients[0]!.name}, text: … }\` after it`,
  }
}

function* lonelyStart(rule: Rule): Generator<Finding> {
  let paused = false
  for (const [index, step] of rule.then.entries()) {
    paused ||= step.kind === 'pause'
    if (step.kind !== 'start' || step.any || paused) continue
    yield {
      code: 'start-without-pause',
      at: { rule, path: `then[${index}]` },
      message: '`start` ends this rule’s own pause, but there is no pause before it',
      hint: '`start: any` starts it regardless of who paused it',
    }
  }
}

function* shortCooldown(rule: Rule): Generator<Finding> {
  if (rule.cadence.kind !== 'every' || rule.cooldown === 0 || rule.cooldown >= rule.cadence.interval) return
  yield {
    code: 'short-cooldown',
    at: { rule, path: 'cooldown' },
    message: `the rule rests for ${durationInWords(rule.cooldown)
      .replace(/^(day|hour)$/, 'a $1')
      .replace('a hour', 'an hour')}, but runs only every ${durationInWords(rule.cadence.interval)}`,
    hint: 'make the cooldown longer than the interval, or write `cooldown: 0h` if you want none',
  }
}
