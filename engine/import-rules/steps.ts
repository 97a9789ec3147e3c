/** Converts the actions of Meta's rules to steps. */

import { type Filter, filtersOf, numberOf, recordOf } from './ad-rule.js'
import { plainNumber, sumText } from './condition.js'

export interface TranslatedSteps {
  /** Items of a YAML list. */
  readonly steps: readonly string[]
  /** `cooldown`, if Meta's rule limits how often it acts; else null. */
  readonly cooldown: string | null
  readonly notes: readonly string[]
  readonly faults: readonly string[]
}

export interface StepOptions {
  readonly name: string
  readonly currency: string
  /** A recipient of tetik.yaml; null if there is none. */
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
        'Meta’s rule starts it no matter who paused it, and so does `start: any`; `start` would only release this rule’s own pause',
      )
    case 'NOTIFICATION':
      if (options.recipient === null) return refuse('it sends a notification, but tetik.yaml has no recipient')
      return done(
        notification(options.name, options.recipient),
        'Meta notified people of the business; this rule sends a WhatsApp message',
      )
    case 'CHANGE_BUDGET':
    case 'CHANGE_CAMPAIGN_BUDGET':
      return changed('budget', given, options, done, refuse)
    case 'CHANGE_BID':
      return changed('bid', given, options, done, refuse)
    default:
      return refuse(`\`${type}\` has no equivalent`)
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
  if (spec['target_field'] !== undefined) return refuse(`a ${step} that follows another field has no equivalent`)
  if (amount === null || amount === 0) return refuse(`it does not say by how much the ${step} changes`)
  if (spec['unit'] !== 'PERCENTAGE') {
    return refuse(`it changes the ${step} by a fixed amount; a rule here changes it by a percentage, or sets it`)
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
    notes.push(
      `Meta’s rule changes one object at most ${count} times; here only the cooldown and the guardrails limit how often it acts`,
    )
  if (value('user_ids') !== undefined) notes.push('the people whom Meta notified by mail are not imported')
  if (minutes === null || minutes <= 0) return { cooldown: null, notes }
  return {
    cooldown: minutes % 1440 === 0 ? `${minutes / 1440}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`,
    notes,
  }
}

/** Braces in the name are doubled, or they would be read as expressions. */
const notification = (name: string, recipient: string): string =>
  `whatsapp: { to: ${recipient}, text: ${JSON.stringify(`${name.replace(/[{}]/g, (brace) => brace + brace)}: {name}`)} }`
