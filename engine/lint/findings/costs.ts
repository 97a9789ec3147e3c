/** Costs, returns and missing results that are judged on too little data. */

import type { Window } from '../../expression/syntax.js'
import type { Rule } from '../../rule/rule.js'
import { DEPTH, evidenceFor } from '../rules/evidence.js'
import type { Finding } from '../rules/finding.js'
import { type Demand, guarantees, type Leaf, placedLeaves } from '../rules/guarantees.js'
import { type Judgement, judgementsOf } from '../rules/judgements.js'
import type { AccountReading, RuleReading } from '../rules/rule-reading.js'
import { mayChangeSomething, takesAway } from '../rules/steps.js'

export function costFindings({ rule, accounts, always }: RuleReading): Finding[] {
  if (!mayChangeSomething(rule)) return []
  const findings: Finding[] = []
  const reported = new Set<string>()
  for (const { leaf, wanted, alongside } of placedLeaves(rule.when)) {
    for (const reading of accounts) {
      const [judgement] = judgementsOf(leaf, wanted, reading)
      if (judgement === undefined || reported.has(judgement.written) || !decides(judgement, rule)) break
      const around = [...always, ...alongside, { condition: leaf, wanted }]
      const { isEnough, weakness } = evidenceFor(judgement, leaf, around, reading)
      if (isEnough || isSecondThought(judgement, leaf, around, reading)) continue
      reported.add(judgement.written)
      const judged = `\`${judgement.written}\` is judged without a minimum of data`
      findings.push({
        code: 'no-evidence',
        at: { rule, path: leaf.path },
        message: weakness === null ? judged : `${judged}: ${weakness}`,
        hint: `add a line such as \`${evidenceLine(rule, judgement.window, reading.values['target_cpa'] !== undefined)}\` to the same list`,
      })
    }
  }
  return findings
}

/** Whether another cost or return, with enough evidence of its own, must hold too: then this one can only hold the rule back. */
const isSecondThought = (judgement: Judgement, own: Leaf, around: readonly Demand[], reading: AccountReading): boolean =>
  around.some((demand) =>
    guarantees(demand, (leaf, wanted) => {
      const [first] = leaf === own ? [] : judgementsOf(leaf, wanted, reading)
      if (first?.isDelayed !== true || DEPTH.indexOf(first.owner) < DEPTH.indexOf(judgement.owner)) return false
      return evidenceFor(first, leaf, around, reading).isEnough
    }),
  )

/** Having few results can be a reason to pause or lower, not to raise. */
const decides = ({ kind }: Judgement, rule: Rule): boolean => kind !== 'few' || takesAway(rule)

/** Suggests spend as evidence for pausing or lowering, since an expensive entity may have no result at all; otherwise results. */
function evidenceLine(rule: Rule, window: Window, hasTarget: boolean): string {
  const written = window.kind === 'preset' ? window.preset : window.kind === 'days' ? `${window.count}d` : 'last_7d'
  if (!takesAway(rule)) return `results[${written}] >= 10`
  return hasTarget ? `spend[${written}] > 3 * target_cpa` : `spend[${written}] > 500`
}
