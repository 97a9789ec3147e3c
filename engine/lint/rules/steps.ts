import type { Rule, Step } from '../../rule/rule.js'
import { kindOf } from '../../rule/steps/steps.js'

/** Whether a step changes delivery or spend, so that a wrong one costs money. */
export const isCostly = (step: Step): boolean => ['delivery', 'spend'].includes(kindOf(step).effect)

/** Whether the rule can change something. One that only notifies costs nothing if it is wrong. */
export const mayChangeSomething = ({ then }: Pick<Rule, 'then'>): boolean => then.some(isCostly)

export const notifies = ({ then }: Pick<Rule, 'then'>): boolean => then.some((step) => kindOf(step).effect === 'notice')

export const isRaise = (step: Step): boolean =>
  (step.kind === 'budget' || step.kind === 'bid') && step.change.kind === 'relative' && step.change.ratio > 0

const isLowering = (step: Step): boolean =>
  (step.kind === 'budget' || step.kind === 'bid') && step.change.kind === 'relative' && step.change.ratio < 0

/** Whether the rule pauses, or lowers a budget or bid. */
export const takesAway = ({ then }: Pick<Rule, 'then'>): boolean => then.some((step) => step.kind === 'pause' || isLowering(step))

/** Whether someone must approve each time before the step at that index. */
export const asksFirst = ({ mode, then }: Pick<Rule, 'mode' | 'then'>, index: number): boolean =>
  mode === 'ask' || then.slice(0, index).some(({ kind }) => kind === 'ask')

/** Whether a pause of the rule is followed by a start of its own. */
export function endsItsPause({ then }: Pick<Rule, 'then'>): boolean {
  const paused = then.findIndex(({ kind }) => kind === 'pause')
  return paused >= 0 && then.slice(paused).some(({ kind }) => kind === 'start')
}
