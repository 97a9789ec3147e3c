/** Steps that do more than is meant, or nothing at all. */

import type { Settings } from '../account/account.js'
import { DAY, HOUR, MINUTE } from '../clock/zone.js'
import type { Rule } from '../rule/rule.js'
import { coveredAccounts } from './covered-accounts.js'
import type { Finding } from './finding.js'
import { reportFindings } from './report-findings.js'
import { isRaise, tells } from './steps.js'

/** @param saysCooldown whether the rest is the rule’s own, and not what rules have that name none */
export function stepFindings(rule: Rule, settings: Settings | null, saysCooldown: boolean): Finding[] {
  return [
    ...raises(rule),
    ...refusals(rule, settings),
    ...silentPause(rule, settings),
    ...lonelyStart(rule),
    ...reportFindings(rule),
    ...(saysCooldown ? shortCooldown(rule) : []),
  ]
}

function* raises(rule: Rule): Generator<Finding> {
  for (const [index, step] of rule.then.entries()) {
    if ((step.kind !== 'budget' && step.kind !== 'bid') || !isRaise(step) || step.change.kind !== 'relative') continue
    const at = { rule, path: `then[${index}].${step.kind}` }
    const percent = Math.round(step.change.ratio * 1000) / 10
    if (step.max === null) {
      const times = rule.cooldown === 0 ? null : Math.floor((7 * DAY) / rule.cooldown)
      const grown = times === null ? null : (1 + step.change.ratio) ** times
      const compounded =
        grown === null || times! < 2 || grown > 1e6
          ? ''
          : `: ${percent} % every ${inWords(rule.cooldown)} is ${times1(grown)} the ${step.kind} within a week`
      yield {
        code: 'raise-without-limit',
        at,
        message: `the ${step.kind} is raised without a \`max\`${compounded}`,
        hint: `for example \`${step.kind}: { change: +${percent}%, max: 2000 TRY }\`, in the account’s currency`,
      }
    }
    if (rule.cooldown === 0 && (rule.when !== null || rule.cadence.kind === 'every')) {
      yield {
        code: 'raise-without-limit',
        at: { rule, path: 'cooldown' },
        message: `the ${step.kind} is raised at every evaluation, for the rule never rests`,
        hint: 'for example `cooldown: 24h`',
      }
    }
  }
}

/** `2.7 times`. */
const times1 = (factor: number): string => `${Math.round(factor * 10) / 10} times`

function inWords(duration: number): string {
  if (duration % DAY === 0) return duration === DAY ? 'day' : `${duration / DAY} days`
  if (duration % HOUR === 0) return duration === HOUR ? 'hour' : `${duration / HOUR} hours`
  return `${Math.round(duration / MINUTE)} minutes`
}

function* refusals(rule: Rule, settings: Settings | null): Generator<Finding> {
  const accounts = coveredAccounts(rule, settings)
  for (const [index, step] of rule.then.entries()) {
    if (step.kind !== 'budget' || step.change.kind !== 'relative') continue
    const at = { rule, path: `then[${index}].budget` }
    const { ratio } = step.change
    const tooLarge = accounts.find(({ guardrails }) => Math.abs(ratio) > guardrails.step + 1e-9)
    if (tooLarge !== undefined) {
      const most = Math.round(tooLarge.guardrails.step * 1000) / 10
      yield {
        code: 'refused-by-guardrail',
        at,
        message: `the guardrails of ${tooLarge.name} refuse every step larger than ${most} %`,
        hint: `make the step smaller, or raise \`step:\` under \`guardrails:\` in tetik.yaml`,
      }
    }
    const unlimited = ratio > 0 ? accounts.find(({ guardrails }) => guardrails.ceiling === null) : undefined
    if (unlimited !== undefined) {
      yield {
        code: 'refused-by-guardrail',
        at,
        message: `${unlimited.name} has no ceiling of its daily budgets, and without one every raise is refused`,
        hint: 'add `guardrails: { ceiling: 15000 TRY per day }` to the account in tetik.yaml, with an amount of your own',
      }
    }
  }
}

function* silentPause(rule: Rule, settings: Settings | null): Generator<Finding> {
  const index = rule.then.findIndex(({ kind }) => kind === 'pause')
  if (rule.mode !== 'act' || index < 0 || tells(rule) || (settings?.recipients.length ?? 0) === 0) return
  yield {
    code: 'silent-pause',
    at: { rule, path: `then[${index}]` },
    message: 'this pauses, and nobody is told',
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
      message: '`start` ends this rule’s own pause, and it has none before it',
      hint: '`start: any` starts whoever paused it',
    }
  }
}

function* shortCooldown(rule: Rule): Generator<Finding> {
  if (rule.cadence.kind !== 'every' || rule.cooldown === 0 || rule.cooldown >= rule.cadence.interval) return
  yield {
    code: 'short-cooldown',
    at: { rule, path: 'cooldown' },
    message: `the rule rests for ${inWords(rule.cooldown)
      .replace(/^(day|hour)$/, 'a $1')
      .replace('a hour', 'an hour')}, and runs only every ${inWords(rule.cadence.interval)}`,
    hint: 'make the rest longer than the pace, or write `cooldown: 0h` where none is meant',
  }
}
