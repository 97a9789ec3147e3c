/** What an account, or a group of its campaigns, may spend: in a month by its plan, on a day by its ceiling. */

import type { Measure } from '../logic/atom.js'
import { canBothFit, literalPattern } from '../logic/text-pattern.js'
import { type Demand, guarantees } from './guarantees.js'
import { ceilingOf } from './money.js'
import type { AccountReading } from './rule-reading.js'

/** Spend of so much of a month's plan means that the plan is spent: some stop a little before. */
const NEARLY_SPENT = 0.9

/** From what amount on spend of the account or group is no longer as planned; null where nothing is planned for those days. */
export function spentFrom({ owner, window }: Measure, around: readonly Demand[], reading: AccountReading): number | null {
  const { account, values } = reading
  if (window === '1d-0') return account === null ? null : ceilingOf(account)
  if (window !== 'this_month-0') return null
  const plan = (owner === 'group' ? planOfGroups(around, reading) : null) ?? values['monthly_budget']
  return plan === undefined ? null : NEARLY_SPENT * plan
}

/** The largest plan of the groups that a rule may be about: a smaller amount stops that one before its money is spent. */
function planOfGroups(around: readonly Demand[], reading: AccountReading): number | null {
  const plans = (reading.account?.groups ?? [])
    .filter(({ name }) => !isLeftOut(name, around, reading))
    .flatMap(({ monthlyBudget }) => monthlyBudget?.value ?? [])
  return plans.length === 0 ? null : Math.max(...plans)
}

/** Whether `group.name` must be another. */
const isLeftOut = (name: string, around: readonly Demand[], reading: AccountReading): boolean =>
  around.some((demand) =>
    guarantees(demand, (leaf, wanted) => {
      const formula = reading.formulaOf(leaf, wanted)
      if (formula.kind !== 'text' || formula.key !== 'group.name') return false
      return formula.wanted !== formula.patterns.some((pattern) => canBothFit(pattern, literalPattern(name)))
    }),
  )
