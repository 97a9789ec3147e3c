import type { Rule, Step } from '../../rule/rule.js'

/** Steps that change something at Meta; the others tell, wait or ask. */
const CHANGING: readonly string[] = ['pause', 'start', 'budget', 'bid', 'duplicate', 'launch']
const TELLING: readonly string[] = ['whatsapp', 'webhook', 'report', 'ask']

/** A rule that only tells, or does nothing yet, costs nothing by being wrong. */
export const mayChangeSomething = ({ then }: Pick<Rule, 'then'>): boolean => then.some(({ kind }) => CHANGING.includes(kind))

export const tells = ({ then }: Pick<Rule, 'then'>): boolean => then.some(({ kind }) => TELLING.includes(kind))

export const isRaise = (step: Step): boolean =>
  (step.kind === 'budget' || step.kind === 'bid') && step.change.kind === 'relative' && step.change.ratio > 0

const isLowering = (step: Step): boolean =>
  (step.kind === 'budget' || step.kind === 'bid') && step.change.kind === 'relative' && step.change.ratio < 0

/** Whether the rule takes delivery away: what a number that looks too dear leads to. */
export const takesAway = ({ then }: Pick<Rule, 'then'>): boolean => then.some((step) => step.kind === 'pause' || isLowering(step))

/** Whether somebody approves each time before the step at that index is taken. */
export const asksFirst = ({ mode, then }: Pick<Rule, 'mode' | 'then'>, index: number): boolean =>
  mode === 'ask' || then.slice(0, index).some(({ kind }) => kind === 'ask')

/** Whether a pause of the rule is followed by a start of its own. */
export function endsItsPause({ then }: Pick<Rule, 'then'>): boolean {
  const paused = then.findIndex(({ kind }) => kind === 'pause')
  return paused >= 0 && then.slice(paused).some(({ kind }) => kind === 'start')
}
