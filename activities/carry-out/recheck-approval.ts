/**
 * Hours may pass between a question and its answer. What was approved is done only if it is still what was asked: the condition
 * is still true, and the values to change are still the same.
 */

import type { Account } from '../../engine/account/account.js'
import { fieldInWords } from '../../engine/change/in-words.js'
import {
  amountOf,
  decodeValue,
  type LedgerField,
  type LedgerValue,
  sameValue,
  valueInWords,
  valueOf,
} from '../../engine/change/ledger-value.js'
import { fact, type Reason, reasonOf } from '../../engine/message/reason.js'
import { PreparedCondition } from '../../engine/rule/evaluate/condition.js'
import { judgeCondition } from '../../engine/rule/evaluate/evaluate.js'
import { findApproval } from '../../store/decisions/approvals.js'
import { carriedOut, type CarriedOut } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { whileAlive } from '../base/heartbeat.js'
import { factsOfDecision } from '../facts/decision-facts.js'
import { readEntityNow } from '../sync/save-entity.js'
import { type ApprovedValues, changedLaunch, entitiesOfValues } from './approved-values.js'
import type { CarryOutReadActivities } from './contract.js'

export const recheckApproval =
  (dependencies: ActivityDependencies): CarryOutReadActivities['recheckApproval'] =>
  ({ decision: id, approval }) =>
    whileAlive(async () => {
      const carried = await carriedOut(dependencies.store, id)
      const account = accountOf(dependencies, carried.decision.account)
      const asked = await findApproval(dependencies.store, approval)
      const values = JSON.parse(asked?.values_json ?? '{}') as ApprovedValues
      const changed =
        (await changedValue(dependencies, account, values)) ?? (await changedCondition(dependencies, account, carried))
      return { outdated: changed }
    })

async function changedValue(
  dependencies: ActivityDependencies,
  account: Account,
  values: ApprovedValues,
): Promise<Reason | null> {
  const { store } = dependencies
  const launch = await changedLaunch(store, values)
  if (launch !== null) return outdated(`launch ${launch}`)
  try {
    for (const { level, id } of entitiesOfValues(values)) {
      const { entity } = await readEntityNow(dependencies, dependencies.meta(account), account.name, { level, id })
      for (const [key, was] of Object.entries(values)) {
        const field = key.startsWith(`${level}/${id}/`) ? (key.slice(`${level}/${id}/`.length) as LedgerField) : null
        if (field === null) continue
        const [before, now] = [decodeValue(field, was), valueOf(entity, field)]
        if (!sameValue(before, now)) return changedTo(field, before, now)
      }
    }
    return null
  } catch (error) {
    throw failureOf(error)
  }
}

/** Evaluates `when` alone: earlier steps may have changed the entity so that `where` no longer selects it. */
async function changedCondition(
  { store, now }: ActivityDependencies,
  account: Account,
  carried: CarriedOut,
): Promise<Reason | null> {
  const { when } = carried.rule
  if (when === null) return null
  const at = now()
  const { facts, entity, selection } = await factsOfDecision(store, account, carried, { at, knownAt: at })
  if (entity === null) return outdated('entity –')
  const { truth, trace } = await judgeCondition(new PreparedCondition(when), facts, entity, selection)
  if (truth === true) return null
  const leaf = trace.find(({ result }) => result !== true)
  return outdated(`${leaf?.condition ?? 'when'} (${truth === null ? 'unknown' : 'false'})`)
}

/** Amounts are kept as facts, so that each reader sees them in their own format. */
function changedTo(field: LedgerField, before: LedgerValue, now: LedgerValue): Reason {
  const code = field === 'bid_amount' ? 'approval-outdated-bid' : 'approval-outdated-budget'
  const amount = (value: LedgerValue) => {
    const minor = amountOf(value)
    return minor === null ? fact.text('–') : fact.money(minor)
  }
  if (/_budget$|^bid_amount$/.test(field)) return reasonOf(code, { before: amount(before), now: amount(now) })
  const text = (value: LedgerValue) => valueInWords(value, { language: 'en', currency: null })
  return outdated(`${fieldInWords(field)} ${text(before)} → ${text(now)}`)
}

const outdated = (what: string): Reason => reasonOf('approval-outdated', { what: fact.text(what) })
