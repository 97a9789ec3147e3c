/** The effects of a rule's steps that another rule may oppose. */

import type { BudgetChange, Rule } from '../../rule/rule.js'

export type Want = Switch | Change

interface Switch {
  readonly of: 'status'
  readonly kind: 'pause' | 'start'
  readonly path: string
}

interface Change {
  readonly of: 'budget' | 'bid'
  readonly kind: 'raise' | 'lower' | 'set'
  readonly path: string
  /** The factor of a raise or lowering, or the new amount of a `set` in the major unit. */
  readonly by: number
}

/** Returns the effects of a rule's steps. A `start` that ends the rule's own pause is not one: it only undoes the pause. */
export function wantsOf(rule: Pick<Rule, 'then'>): readonly Want[] {
  const wants: Want[] = []
  let paused = false
  for (const [index, step] of rule.then.entries()) {
    const path = `then[${index}]`
    if (step.kind === 'pause') {
      paused = true
      wants.push({ of: 'status', kind: 'pause', path })
    } else if (step.kind === 'start' && (step.any || !paused)) {
      wants.push({ of: 'status', kind: 'start', path })
    } else if (step.kind === 'budget' || step.kind === 'bid') {
      const want = changeWanted(step.kind, step.change, path)
      if (want !== null) wants.push(want)
    }
  }
  return wants
}

function changeWanted(of: 'budget' | 'bid', change: BudgetChange, path: string): Change | null {
  if (change.kind === 'absolute') return { of, kind: 'set', path, by: change.amount.value }
  if (change.ratio === 0) return null
  return { of, kind: change.ratio > 0 ? 'raise' : 'lower', path, by: 1 + change.ratio }
}

/** Whether the two effects conflict. Two raises do, because they multiply. */
export function areOpposed(one: Want, other: Want): boolean {
  if (one.of !== other.of) return false
  if (one.kind !== other.kind) return true
  return one.kind === 'raise' || (one.of !== 'status' && other.of !== 'status' && one.kind === 'set' && one.by !== other.by)
}

/** Describes two opposed effects, to follow the word "can". */
export function oppositionInWords(one: Want, other: Want, entity: string): string {
  if (one.of === 'status') return `pause and start one ${entity}`
  const what = `the ${one.of} of one ${entity}`
  if (one.kind !== other.kind) return `${one.kind} and ${other.kind} ${what}`
  return one.kind === 'raise' ? `both raise ${what}` : `set ${what} to two amounts`
}

export const areRaises = (...wants: readonly Want[]): boolean => wants.every(({ kind }) => kind === 'raise')
