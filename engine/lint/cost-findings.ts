/** Costs that are judged on too little, or too early in the day. */

import type { Window } from '../expression/syntax.js'
import { findMetric } from '../metric/catalogue.js'
import type { Rule } from '../rule/rule.js'
import { windowKey } from './atom.js'
import { demandsOf, isEvidence, minimaOf, placedLeaves, ratiosOf, type Demand } from './costs.js'
import type { Finding } from './finding.js'
import { mayChangeSomething, takesAway } from './steps.js'

export function costFindings(rule: Rule): Finding[] {
  if (!mayChangeSomething(rule)) return []
  const findings: Finding[] = []
  const always = demandsOf(rule.where)
  const told = new Set<string>()
  for (const { leaf, wanted, beside } of placedLeaves(rule.when)) {
    const [ratio] = ratiosOf(leaf)
    if (ratio === undefined) continue
    const around = [...always, ...beside]
    if (!around.some(isEvidence) && !told.has(ratio.written)) {
      told.add(ratio.written)
      findings.push({
        code: 'no-evidence',
        at: { rule, path: leaf.path },
        message: `\`${ratio.written}\` is judged without a minimum of evidence beside it`,
        hint: `add a line such as \`${evidenceFor(rule, ratio.window)}\` to the same list`,
      })
    }
    const early = ratiosOf(leaf).find(({ window, isDelayed }) => isDelayed && isTodayAlone(window))
    if (early !== undefined && takesAway(rule) && !around.some(waitsForTheDay) && !waitsForTheDay({ leaf, wanted })) {
      findings.push({
        code: 'today-too-early',
        at: { rule, path: leaf.path },
        message: `\`${early.written}\` looks worse every morning than it is, for conversions come in hours after the spend`,
        hint: 'add `hour >= 16` or a number of results of today, or look at whole days: `[last_3d]`',
      })
    }
  }
  return findings
}

/** What looks too dear may have no result at all, so that only spend can speak; what looks cheap needs results. */
const evidenceFor = (rule: Rule, window: Window | null): string => {
  const written = window?.kind === 'preset' ? window.preset : window?.kind === 'days' ? `${window.count}d` : 'last_7d'
  return takesAway(rule) ? `spend[${written}] > 500` : `results[${written}] >= 10`
}

const isTodayAlone = (window: Window | null): boolean => window !== null && windowKey(window) === '1d-0'

/** The hour of the day, or conversions that have come in today. */
const waitsForTheDay = (demand: Demand): boolean =>
  minimaOf(demand).some(({ subject, least }) => {
    if (subject.kind === 'attribute') return subject.attribute === 'hour' && (least === null || least > 0)
    if (subject.kind !== 'metric' || !isTodayAlone(subject.window) || (least !== null && least <= 0)) return false
    return subject.actionType !== null || CONVERSIONS.has(subject.metric)
  })

const CONVERSIONS = new Set(
  ['results', 'purchases', 'leads', 'add_to_cart', 'installs', 'messages', 'revenue'].filter((name) => findMetric(name)),
)
