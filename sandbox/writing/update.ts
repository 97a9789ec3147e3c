/** Changes to campaigns, ad sets and ads: all of a request's fields are checked before any is set. */

import { moneyText } from '../base/money.js'
import { GraphError, invalidParameter, refused } from '../protocol/errors.js'
import { limitError } from '../protocol/limits.js'
import { enumParameter, integerParameter, isEmpty } from '../protocol/parameters.js'
import { minimumDailyBudget } from '../reading/minimum-budgets.js'
import { NODE_TYPES, spentUnder } from '../reading/node-types.js'
import type { Call } from '../request/call.js'
import { documentedValues } from '../request/documented-values.js'
import { readName } from '../request/required.js'
import { keepFact, keptFact } from '../state/database.js'
import type { GraphObject } from '../state/objects.js'
import { CONFIGURED } from '../state/status.js'
import { inReview, isDisapproved, rejectedCannotRun } from '../world/review.js'
import { refuseBid } from './ad.js'
import { budgetTooLow, hasBudget } from './budget.js'
import { readValidateOnly } from './create.js'
import { checkFixed, FIXED, readEdits, SPEC_FIELDS } from './edit.js'
import { readLabels } from './labels.js'
import { checkPacing } from './pacing.js'

const EDITABLE: Record<string, readonly string[]> = {
  campaign: ['adlabels', 'name', 'status', 'daily_budget', 'lifetime_budget'],
  adset: ['adlabels', 'name', 'status', 'daily_budget', 'lifetime_budget', 'bid_amount'],
  ad: ['adlabels', 'name', 'status'],
  creative: ['adlabels', 'name', 'status'],
}
const HOUR = 3_600_000
/** How often an ad set's budget may change per hour; the next attempt blocks it for an hour. */
const BUDGET_CHANGES = 4

export function updateObject(call: Call, object: GraphObject): { success: true } {
  const editable = EDITABLE[object.kind] ?? []
  checkFixed(call.parameters, object)
  if (object.kind === 'ad') refuseBid(call.parameters)
  const type = NODE_TYPES[object.kind].name
  const values = {
    ...documentedValues(call, type, [type, ''], call.parameters, [
      ...editable,
      ...SPEC_FIELDS[object.kind],
      ...FIXED[object.kind],
    ]),
    ...readValues(call, editable),
    ...readEdits(call, object),
  }
  if (Object.keys(values).length === 0 && isEmpty(call.parameters)) throw invalidParameter('No parameter to update was given')
  checkEnded(object, values)
  checkBudget(call, object, values)
  checkBid(call, object, values)
  checkRejected(call, object, values)
  if (object.kind === 'adset') checkPacing({ ...object.fields, ...values }, call.world.objects.get(object.parent ?? ''))
  if (readValidateOnly(call)) return { success: true }
  for (const [field, after] of Object.entries(values)) {
    call.mutations.push({ object: object.id, field, before: object.fields[field] ?? null, after })
  }
  call.world.objects.change(object.id, values, call.now)
  if ('targeting' in values) reviewAgain(call, object)
  return { success: true }
}

/** Reviews the ads of an ad set again, because the review also covers the targeting. */
function reviewAgain({ world: { objects }, now }: Call, adset: GraphObject): void {
  for (const ad of objects.childrenOf(adset.id)) {
    const creative = objects.find(String(ad.fields.creative))?.fields ?? null
    objects.change(ad.id, inReview('ad', creative, now), now)
  }
}

/** `DELETE /{id}`. */
export function deleteObject(call: Call, object: GraphObject): { success: true } {
  const isShown = ({ fields }: GraphObject): boolean => fields.creative === object.id && fields.status !== 'DELETED'
  if (object.kind === 'creative' && call.world.objects.all('ad').some(isShown)) {
    throw invalidParameter('A creative in use cannot be deleted')
  }
  call.mutations.push({ object: object.id, field: 'status', before: object.fields.status, after: 'DELETED' })
  call.world.objects.change(object.id, { status: 'DELETED' }, call.now)
  return { success: true }
}

function readValues(call: Call, editable: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const status = enumParameter(call.parameters, 'status', CONFIGURED)
  if (status !== undefined) values.status = status
  if (editable.includes('name') && call.parameters.name !== undefined) {
    values.name = readName(call.parameters)
  }
  const labels = readLabels(call)
  if (labels !== undefined) values.adlabels = labels
  for (const field of ['daily_budget', 'lifetime_budget', 'bid_amount']) {
    if (!editable.includes(field)) continue
    const amount = integerParameter(call.parameters, field)
    if (amount === undefined) continue
    if (amount < 0) throw invalidParameter(`Param ${field} must be greater than or equal to 0`)
    values[field] = amount
  }
  return values
}

/** A deleted object can only be renamed, an archived one renamed or deleted. The error's subcode depends on the kind of object. */
function checkEnded(object: GraphObject, values: Record<string, unknown>): void {
  const status = object.fields.status
  if (status !== 'DELETED' && status !== 'ARCHIVED') return
  const allowed = Object.entries(values).every(
    ([field, value]) => field === 'name' || (status === 'ARCHIVED' && field === 'status' && value === 'DELETED'),
  )
  if (allowed) return
  const subcode = object.kind === 'adset' ? 1487056 : object.kind === 'campaign' ? 1487566 : 1885088
  const word = status === 'DELETED' ? 'deleted' : 'archived'
  throw refused(
    subcode,
    `Cannot edit ${word} object`,
    `This ${object.kind === 'adset' ? 'ad set' : object.kind} has been ${word}: only its name can be edited.`,
  )
}

function checkBudget(call: Call, object: GraphObject, values: Record<string, unknown>): void {
  const fields = ['daily_budget', 'lifetime_budget'].filter((field) => field in values)
  if (fields.length === 0) return
  if (fields.length > 1) throw invalidParameter('Only one of daily_budget and lifetime_budget can be set')
  const [field = ''] = fields
  const amount = values[field] as number
  const { currency } = call.world.account
  if (!hasBudget(object.fields)) {
    throw refused(1885621, 'Cannot set both budgets', 'You can only set an ad set budget or a campaign budget.', fields)
  }
  if (typeof object.fields[field] !== 'number') {
    throw invalidParameter(
      `Param ${field} cannot be set: this object has a ${field === 'daily_budget' ? 'lifetime' : 'daily'} budget`,
    )
  }
  checkPace(call, object, field, amount)
  if (field === 'daily_budget') {
    const minimum = minimumDailyBudget(currency, object.fields.optimization_goal)
    if (amount < minimum) throw budgetTooLow(minimum, currency, field)
  } else {
    const spent = spentUnder(call.world, object, call.now, object.createdTime)
    const floor = Math.ceil(spent * 1.1)
    if (amount < (object.fields.lifetime_budget as number) && amount < floor) {
      throw refused(
        1885650,
        'Budget is too low',
        `The lifetime budget must be at least ${moneyText(floor, currency)}: 10% above what was spent already.`,
        [field],
      )
    }
    const minimum = minimumDailyBudget(currency, object.fields.optimization_goal) * lifetimeDays(object)
    if (amount < minimum) throw budgetTooLow(minimum, currency, field)
  }
}

const WITH_BID = ['LOWEST_COST_WITH_BID_CAP', 'COST_CAP']

/** A bid amount belongs to a strategy that has one, on the ad set or on the campaign that holds the budget. */
function checkBid(call: Call, object: GraphObject, values: Record<string, unknown>): void {
  if (!('bid_amount' in values) || 'bid_strategy' in values) return
  const strategy = object.fields.bid_strategy ?? call.world.objects.find(object.parent ?? '')?.fields.bid_strategy
  if (!WITH_BID.includes(String(strategy))) {
    throw invalidParameter(`Param bid_amount cannot be set: the bid strategy ${String(strategy)} takes no bid amount`)
  }
  if ((values.bid_amount as number) < 1) throw refused(2490487, 'Bid amount required', 'Enter a bid amount.', ['bid_amount'])
}

/** A rejected ad cannot be activated until its creative is replaced. */
function checkRejected(call: Call, object: GraphObject, values: Record<string, unknown>): void {
  if (values.status === 'ACTIVE' && !('creative' in values) && isDisapproved(object, call.now)) throw rejectedCannotRun()
}

function lifetimeDays({ fields }: GraphObject): number {
  const { start_time: start, end_time: end } = fields
  return typeof start === 'number' && typeof end === 'number' ? Math.ceil((end - start) / (24 * HOUR)) : 1
}

function checkPace(call: Call, object: GraphObject, field: string, amount: number): void {
  if (object.kind !== 'adset' || object.fields[field] === amount) return
  const block = `budget-block:${object.id}`
  const blocked = keptFact(call.world.database, block, () => 0)
  const recent = call.world.objects
    .changesTo(object.id)
    .filter((change) => change.field.endsWith('_budget') && change.before !== null && change.at > call.now - HOUR)
  if (call.now >= blocked && recent.length < BUDGET_CHANGES) return
  if (call.now >= blocked) keepFact(call.world.database, block, call.now + HOUR)
  const error = limitError(613, 1487632)
  throw new GraphError({
    ...error.body,
    error_user_title: 'Ad set budget changed too often',
    error_user_msg: 'You can only change your ad set budget 4 times per hour. Please try again in an hour.',
  })
}
