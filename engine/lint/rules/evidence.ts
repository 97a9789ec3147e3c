/** Whether the data that a rule requires for a cost is enough to judge it by. */

import type { Scope } from '../../value/scope.js'
import { type Measure, windowKey } from '../logic/atom.js'
import { type Demand, guarantees, type Leaf } from './guarantees.js'
import { isConversionMeasure, type Judgement } from './judgements.js'
import { inCurrency } from './money.js'
import type { AccountReading, LinearFormula } from './rule-reading.js'
import { shareWithin } from './window-share.js'

/**
 * So many of these come with a result or two, at the rates that are usual in shops: one click in a hundred impressions, one sale
 * in thirty clicks. Fewer say nothing of what a result costs.
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
/** Of what is above an entity, the numbers hold those of others too. */
export const DEPTH: readonly Scope[] = ['account', 'group', 'campaign', 'adset', 'ad']

export interface EvidenceVerdict {
  readonly isEnough: boolean
  /** Why the first line that was meant as evidence is not enough: a clause for people. */
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

/** True for evidence, false for a line that was not meant as evidence, a reason for evidence that is too little. */
function judge({ sum, strict }: LinearFormula, judgement: Judgement, price: Price, reading: AccountReading): boolean | string {
  const asked = [...sum.terms].filter(([, coefficient]) => coefficient > 0)
  const limits = [...sum.terms].filter(([, coefficient]) => coefficient < 0)
  const [first] = asked
  if (first === undefined || asked.some(([key]) => !isVolume(key, reading))) return false
  const [key, coefficient] = first
  const { measure } = reading.atoms.domain(key)
  if (measure === undefined) {
    if (sum.constant >= 0 && limits.length === 0) return false
    return 'asks for an age, which says nothing of how much was spent or sold'
  }
  const least = -sum.constant / coefficient
  // More than another sum is no more than anything, unless by an amount.
  const isBeyondAnother = limits.some(([other]) => reading.atoms.domain(other).measure !== undefined)
  if ((limits.length === 0 || isBeyondAnother) && least <= 0) return false
  if (DEPTH.indexOf(measure.owner) < DEPTH.indexOf(judgement.owner))
    return `is about the ${NAMES[measure.owner]}, whose numbers are no evidence for one ${NAMES[judgement.owner]}`
  const share = shareOf(asked, judgement, reading)
  if (share === 0) return `is of other days than \`${judgement.written}\``
  const verdict =
    limits.length > 0 && !isBeyondAnother
      ? isOfTarget(sum, measure) && judgement.isDelayed && (-limits[0]![1] / coefficient) * share < 1
        ? 'is worth less than one result at the target'
        : true
      : worth(measure, leastOf(measure, least, strict) * share, judgement, price)
  return verdict === true || share === 1 ? verdict : `is of other days too: the share of those that are judged ${verdict}`
}

/** How much of what is asked for can be expected in the window that is judged. */
const shareOf = (
  asked: readonly (readonly [key: string, coefficient: number])[],
  { window }: Judgement,
  { atoms }: AccountReading,
) => Math.min(...asked.map(([key]) => shareWithin(atoms.domain(key).measure?.window ?? '', windowKey(window))))

/** Spend, or revenue, of so many times the target. */
const isOfTarget = ({ constant, terms }: LinearFormula['sum'], { name }: Measure): boolean =>
  terms.size === 2 && constant === 0 && terms.has(TARGET) && MONEY.includes(name)

/** More than four results are five. */
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

/** A number that grows with what an entity did, or its age. */
function isVolume(key: string, { atoms, rule }: AccountReading): boolean {
  const { measure } = atoms.domain(key)
  if (measure !== undefined) return measure.name !== 'frequency'
  return key === `${rule.scope}.age` || key === `${rule.scope}.last_edit`
}

interface Price {
  readonly amount: number
  readonly inWords: string
}

/** What one of the counted things costs: the account's target where it is about results, else what the rule itself allows. */
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

/** The amount that a cost of one is compared with, where it is a plain one. */
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
