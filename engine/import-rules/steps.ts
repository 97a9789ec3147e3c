/** What Meta's rules do, as steps. */

import { type Filter, filtersOf, numberOf, recordOf } from './ad-rule.js'
import { plainNumber, sumText } from './condition.js'

export interface TranslatedSteps {
  /** As YAML, one item each. */
  readonly steps: readonly string[]
  /** `cooldown`, where Meta's rule says how often it may act. */
  readonly cooldown: string | null
  readonly notes: readonly string[]
  readonly faults: readonly string[]
}

export interface StepOptions {
  readonly name: string
  readonly currency: string
  /** A recipient of tetik.yaml; null where there is none. */
  readonly recipient: string | null
}

export function translateSteps(execution: unknown, options: StepOptions): TranslatedSteps {
  const spec = recordOf(execution)
  const type = typeof spec['execution_type'] === 'string' ? spec['execution_type'] : ''
  const given = filtersOf(spec['execution_options'])
  const { cooldown, notes } = pace(given)
  const done = (step: string, ...more: string[]): TranslatedSteps => ({
    steps: [step],
    cooldown,
    notes: [...more, ...notes],
    faults: [],
  })
  const refuse = (fault: string): TranslatedSteps => ({ steps: [], cooldown, notes, faults: [fault] })
  switch (type) {
    case 'PAUSE':
      return done('pause')
    case 'UNPAUSE':
      return done(
        'start: any',
        'Meta starts what anybody paused, and so does `start: any`; `start` only releases this rule’s own pause',
      )
    case 'NOTIFICATION':
      if (options.recipient === null) return refuse('it notifies, and tetik.yaml names no recipient')
      return done(
        notification(options.name, options.recipient),
        'Meta’s notification went to people of the business; this one is sent by WhatsApp',
      )
    case 'CHANGE_BUDGET':
    case 'CHANGE_CAMPAIGN_BUDGET':
      return changed('budget', given, options, done, refuse)
    case 'CHANGE_BID':
      return changed('bid', given, options, done, refuse)
    default:
      return refuse(`\`${type}\` has no equal`)
  }
}

function changed(
  step: 'budget' | 'bid',
  given: readonly Filter[],
  { currency }: StepOptions,
  done: (step: string) => TranslatedSteps,
  refuse: (fault: string) => TranslatedSteps,
): TranslatedSteps {
  const spec = recordOf(given.find(({ field }) => field === 'change_spec')?.value)
  const [amount, limit] = [numberOf(spec['amount']), numberOf(spec['limit'])]
  if (spec['target_field'] !== undefined) return refuse(`a ${step} that follows another field has no equal`)
  if (amount === null || amount === 0) return refuse(`it does not say by how much the ${step} changes`)
  if (spec['unit'] !== 'PERCENTAGE') {
    return refuse(`it adds a fixed amount to the ${step}; a rule here changes it by a percentage, or sets it`)
  }
  const change = `${amount > 0 ? '+' : ''}${plainNumber(amount)}%`
  if (limit === null) return done(`${step}: ${change}`)
  const bound = sumText(limit, currency)
  return done(`${step}: { change: ${change}, ${amount > 0 ? 'max' : 'min'}: ${bound} }`)
}

function pace(given: readonly Filter[]): { cooldown: string | null; notes: string[] } {
  const notes: string[] = []
  const value = (field: string): unknown => given.find((option) => option.field === field)?.value
  const minutes = numberOf(value('action_frequency'))
  const count = numberOf(value('execution_count_limit'))
  if (count !== null)
    notes.push(`Meta stops after ${count} changes of one object; a rule here goes on, within its cooldown and the guardrails`)
  if (value('user_ids') !== undefined) notes.push('the people who got Meta’s mail about it are not taken over')
  if (minutes === null || minutes <= 0) return { cooldown: null, notes }
  return {
    cooldown: minutes % 1440 === 0 ? `${minutes / 1440}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`,
    notes,
  }
}

/** Braces in a name would be taken for expressions. */
const notification = (name: string, recipient: string): string =>
  `whatsapp: { to: ${recipient}, text: ${JSON.stringify(`${name.replace(/[{}]/g, (brace) => brace + brace)}: {name}`)} }`
