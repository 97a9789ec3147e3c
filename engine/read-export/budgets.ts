/** Reads budgets of exports: a column per level with the type in another column, or columns for daily and lifetime budgets. */

import type { EntityScope } from '../facts/dataset-source.js'
import { minorPerMajor, toMinor } from '../value/minor-units.js'
import { Unknown, type Value } from '../value/value.js'
import { type Field, foldHeader } from './header-names.js'
import { loneNumber } from './number-format.js'

interface Owner {
  readonly scope: EntityScope
}

export interface FoundBudget<Entry> {
  readonly owner: Entry
  readonly attribute: 'daily_budget' | 'lifetime_budget' | 'budget_level'
  readonly value: Value
}

const DAILY = new Set(['daily', 'daily budget', 'günlük', 'günlük bütçe'])
const LIFETIME = new Set(['lifetime', 'lifetime budget', 'toplam', 'toplam bütçe', 'ömür boyu', 'yaşam boyu', 'yaşam boyu bütçe'])
/** `Using campaign budget`, `Kampanya bütçesi kullanılıyor`: another level has the budget. */
const ELSEWHERE = /^using (campaign|ad ?set) budget|^(kampanya|reklam seti) bütçesi(?:ni)? kullan/

const OF_CAMPAIGN = new Unknown('its campaign has the budget', 'bütçe kampanyada')
const OF_ADSETS = new Unknown('its ad sets have the budgets', 'bütçeler reklam setlerinde')

/** Yields the budgets in a row. @param chain the entities that the row names, from the campaign down */
export function* budgetsIn<Entry extends Owner>(
  chain: readonly Entry[],
  cell: (field: Field) => string,
  currency: string | null,
): Generator<FoundBudget<Entry>> {
  const amountIn = (text: string): number | null => {
    const amount = text === '' ? null : loneNumber(text, minorPerMajor(currency) === 1)
    return amount === null || amount <= 0 ? null : toMinor(amount, currency)
  }
  const plain = chain.find(({ scope }) => scope === 'adset') ?? chain[0]!
  for (const attribute of ['daily_budget', 'lifetime_budget'] as const) {
    const value = amountIn(cell(attribute))
    if (value !== null) yield* budgetOf(plain, attribute, value)
  }
  for (const level of ['campaign', 'adset'] as const) {
    const text = cell(`${level}_budget`)
    if (text === '') continue
    // An export of campaigns may have the campaigns' budgets under `Ad set budget`.
    const owner = chain.find(({ scope }) => scope === level) ?? chain.at(-1)!
    if (owner.scope !== level && owner.scope !== 'campaign') continue
    const type = foldHeader(cell(`${level}_budget_type`))
    const elsewhere = ELSEWHERE.exec(foldHeader(text)) ?? ELSEWHERE.exec(type)
    const attribute = DAILY.has(type) ? 'daily_budget' : LIFETIME.has(type) ? 'lifetime_budget' : null
    if (elsewhere !== null) {
      const ofCampaign = /campaign|kampanya/.test(elsewhere[0])
      if (ofCampaign !== (owner.scope === 'campaign')) yield* budgetsElsewhere(owner, ofCampaign)
      continue
    }
    const value = attribute === null ? null : amountIn(text)
    if (attribute !== null && value !== null) yield* budgetOf(owner, attribute, value)
  }
}

function* budgetOf<Entry extends Owner>(
  owner: Entry,
  attribute: 'daily_budget' | 'lifetime_budget',
  value: Value,
): Generator<FoundBudget<Entry>> {
  yield { owner, attribute, value }
  if (owner.scope !== 'ad') yield { owner, attribute: 'budget_level', value: owner.scope }
}

function* budgetsElsewhere<Entry extends Owner>(owner: Entry, ofCampaign: boolean): Generator<FoundBudget<Entry>> {
  const value = ofCampaign ? OF_CAMPAIGN : OF_ADSETS
  yield { owner, attribute: 'daily_budget', value }
  yield { owner, attribute: 'lifetime_budget', value }
  yield { owner, attribute: 'budget_level', value: ofCampaign ? 'campaign' : 'adset' }
}
