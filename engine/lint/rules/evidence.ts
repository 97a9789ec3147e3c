/** Whether a rule requires enough data to judge a cost, a return or a lack of results. */

import type { Scope } from '../../value/scope.js'
import { type Measure, windowKey } from '../logic/atom.js'
import { type Demand, guarantees, type Leaf } from './guarantees.js'
import { isConversionMeasure, type Judgement } from './judgements.js'
import { inCurrency } from './money.js'
import type { AccountReading, LinearFormula } from './rule-reading.js'
import { shareWithin } from './window-share.js'

/**
 * At rates usual for shops (one click per hundred impressions, one sale per thirty clicks), this many bring a result or two. Fewer
 * are no evidence of what a result costs.
 */
const WORTH_A_RESULT: Readonly<Record<string, number>> = {
  impressions: 10_000,
  reach: 10_000,
  video_3s_views: 1000,
  thruplays: 500,
  clicks: 30,
  link_clicks: 30,
  outbound_clicks: 30,
  landing_page_views: 20,
}
const MONEY = ['spend', 'gross_spend', 'revenue']
/** From the top down. The numbers of a parent include those of other entities, so they are no evidence for one of them. */
export const DEPTH: readonly Scope[] = ['account', 'group', 'campaign', 'adset', 'ad']

export interface EvidenceVerdict {
  readonly isEnough: boolean
  /** Why the first line that was meant as evidence is not enough, as a clause for the message; null if there is none. */
  readonly weakness: string | null
}

export function evidenceFor(
  judgement: Judgement,
  own: Leaf,
  around: readonly Demand[],
  reading: AccountReading,
): EvidenceVerdict {
  const price = priceOfOne(judgement, own, reading)
  let weakness: string | null = null
  const isEvidence = (leaf: Leaf, wanted: boolean) =>
    reading.demands(leaf, wanted, (inequality) => {
      const verdict = judge(inequality, judgement, price, reading)
      if (typeof verdict === 'string') weakness ??= `${wanted ? '' : 'not '}\`${leaf.text}\` ${verdict}`
      return verdict === true
    })
  return { isEnough: around.some((demand) => guarantees(demand, isEvidence)), weakness }
}

/** Returns true for enough evidence, false for a line that was not meant as evidence, or the reason why it is too little. */
function judge({ sum, strict }: LinearFormula, judgement: Judgement, price: Price, reading: AccountReading): boolean | string {
  const asked = [...sum.terms].filter(([, coefficient]) => coefficient > 0)
  const limits = [...sum.terms].filter(([, coefficient]) => coefficient < 0)
  const [first] = asked
  if (first === undefined || asked.some(([key]) => !isVolume(key, reading))) return false
  const [key, coefficient] = first
  const { measure } = reading.atoms.domain(key)
  if (measure === undefined) {
    if (sum.constant >= 0 && limits.length === 0) return false
    return 'requires an age, which says nothing about how much was spent or sold'
  }
  const least = -sum.constant / coefficient
  // A comparison with another sum guarantees a minimum only if it names an amount: both sums may be zero.
  const isBeyondAnother = limits.some(([other]) => reading.atoms.domain(other).measure !== undefined)
  if ((limits.length === 0 || isBeyondAnother) && least <= 0) return false
  if (DEPTH.indexOf(measure.owner) < DEPTH.indexOf(judgement.owner))
    return `is about the ${NAMES[measure.owner]}, whose numbers are no evidence for a single ${NAMES[judgement.owner]}`
  const share = shareOf(asked, judgement, reading)
  if (share === 0) return `covers other days than \`${judgement.written}\``
  const verdict =
    limits.length > 0 && !isBeyondAnother
      ? isOfTarget(sum, measure) && judgement.isDelayed && (-limits[0]![1] / coefficient) * share < 1
        ? 'is worth less than one result at the target'
        : true
      : worth(measure, leastOf(measure, least, strict) * share, judgement, price)
  return verdict === true || share === 1 ? verdict : `covers other days too: the share of the judged days ${verdict}`
}

/** Returns the share of the required amount that can be expected within the judged window. */
const shareOf = (
  asked: readonly (readonly [key: string, coefficient: number])[],
  { window }: Judgement,
  { atoms }: AccountReading,
) => Math.min(...asked.map(([key]) => shareWithin(atoms.domain(key).measure?.window ?? '', windowKey(window))))

/** Whether the inequality compares spend or revenue with a multiple of the target. */
const isOfTarget = ({ constant, terms }: LinearFormula['sum'], { name }: Measure): boolean =>
  terms.size === 2 && constant === 0 && terms.has(TARGET) && MONEY.includes(name)

/** Returns the least value that satisfies the inequality: more than four results are at least five. */
function leastOf({ name, per }: Measure, least: number, strict: boolean): number {
  if (MONEY.includes(name) || per !== undefined) return least
  return strict ? Math.floor(least) + 1 : Math.ceil(least)
}

function worth(measure: Measure, least: number, judgement: Judgement, price: Price): true | string {
  if (measure.per !== undefined) {
    return measure.per === TARGET && judgement.isDelayed && least < 1 ? 'is worth less than one result at the target' : true
  }
  if (MONEY.includes(measure.name)) return least >= price.amount ? true : `is worth less than one ${price.inWords}`
  if (!judgement.isDelayed) return true
  if (measure.name === judgement.counted || isConversionMeasure(measure.name)) return least >= 1 ? true : 'comes to less than one'
  return least >= (WORTH_A_RESULT[measure.name] ?? 0) ? true : 'is reached before a result can be expected'
}

const TARGET = 'account.target_cpa'
const NAMES: Readonly<Record<Scope, string>> = {
  account: 'account',
  group: 'group',
  campaign: 'campaign',
  adset: 'ad set',
  ad: 'ad',
}

/** Whether the quantity grows with an entity's activity or age. */
function isVolume(key: string, { atoms, rule }: AccountReading): boolean {
  const { measure } = atoms.domain(key)
  if (measure !== undefined) return measure.name !== 'frequency'
  return key === `${rule.scope}.age` || key === `${rule.scope}.last_edit`
}

interface Price {
  readonly amount: number
  readonly inWords: string
}

/**
 * Returns the price of one counted result: the account's target if the judgement is about results, otherwise the cost that the
 * rule allows.
 */
function priceOfOne(judgement: Judgement, leaf: Leaf, reading: AccountReading): Price {
  const { account, values } = reading
  const target = values['target_cpa']
  if (target !== undefined && judgement.isDelayed && isAboutResults(judgement, reading)) {
    const amount = account === null ? String(target) : inCurrency(target, account.currency)
    return { amount: target, inWords: `result at the target of ${amount}` }
  }
  const bar = judgement.kind === 'ratio' && judgement.counted !== null ? barOf(leaf, reading) : null
  return { amount: bar ?? 0, inWords: `at the cost that the rule allows` }
}

function isAboutResults({ kind, counted }: Judgement, { account }: AccountReading): boolean {
  if (counted === null || counted === 'results' || counted === 'revenue') return true
  if (kind !== 'ratio' && !isConversionMeasure(counted)) return false
  return counted === (account?.result ?? 'results')
}

/** Returns the fixed amount that a cost is compared with; null if it is not a fixed amount. */
function barOf(leaf: Leaf, reading: AccountReading): number | null {
  let bar: number | null = null
  const isCost = leaf.comparison.kind === 'compare' && leaf.comparison.left.unit.kind === 'money'
  if (!isCost) return null
  reading.demands(leaf, true, ({ sum: { constant, terms } }) => {
    const [term] = terms
    if (terms.size === 1 && term !== undefined && term[0].startsWith('(')) bar ??= -constant / term[1]
    return false
  })
  return bar
}
