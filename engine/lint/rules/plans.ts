/** What an account or a group may spend: in a month by its budget, in a day by its ceiling. */

import type { Measure } from '../logic/atom.js'
import { canBothFit, literalPattern } from '../logic/text-pattern.js'
import { type Demand, guarantees } from './guarantees.js'
import { ceilingOf } from './money.js'
import type { AccountReading } from './rule-reading.js'

/** From this share of the monthly budget on, a stop counts as intended: some people stop a little early. */
const NEARLY_SPENT = 0.9

/** Returns the amount from which the account's or group's spend in the window counts as used up; null if no budget covers it. */
export function spentFrom({ owner, window }: Measure, around: readonly Demand[], reading: AccountReading): number | null {
  const { account, values } = reading
  if (window === '1d-0') return account === null ? null : ceilingOf(account)
  if (window !== 'this_month-0') return null
  const plan = (owner === 'group' ? planOfGroups(around, reading) : null) ?? values['monthly_budget']
  return plan === undefined ? null : NEARLY_SPENT * plan
}

/** Returns the largest budget of the groups that a rule may be about: a smaller amount would stop that group too early. */
function planOfGroups(around: readonly Demand[], reading: AccountReading): number | null {
  const plans = (reading.account?.groups ?? [])
    .filter(({ name }) => !isLeftOut(name, around, reading))
    .flatMap(({ monthlyBudget }) => monthlyBudget?.value ?? [])
  return plans.length === 0 ? null : Math.max(...plans)
}

/** Whether the conditions exclude the group of that name. */
const isLeftOut = (name: string, around: readonly Demand[], reading: AccountReading): boolean =>
  around.some((demand) =>
    guarantees(demand, (leaf, wanted) => {
      const formula = reading.formulaOf(leaf, wanted)
      if (formula.kind !== 'text' || formula.key !== 'group.name') return false
      return formula.wanted !== formula.patterns.some((pattern) => canBothFit(pattern, literalPattern(name)))
    }),
  )
