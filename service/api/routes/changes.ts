import Type from 'typebox'

import { personWarnings } from '../../../activities/change/person-warnings.js'
import { type EntityRevision, findEntity, isGone } from '../../../store/account/entities.js'
import type { WantedChange } from '../../temporal/start-change.js'
import type { ApiContext } from '../http/context.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { BudgetChange, Change, StatusChange } from '../shapes/change.js'
import { carryOutChange, changeOf } from '../work/changes.js'
import { accountNamed } from './accounts.js'

type Level = 'campaign' | 'adset'

const NAMES: Readonly<Record<Level, string>> = { campaign: 'campaign', adset: 'ad set' }
const PATHS: Readonly<Record<Level, string>> = { campaign: 'campaigns', adset: 'adsets' }

const params = { id: Type.String({ pattern: '^[0-9]{1,30}$', description: 'Meta’s id' }) }
const responses = {
  200: { description: 'Done, and confirmed by reading it back from Meta', schema: Change },
  202: {
    description: 'In progress, or it is not known yet whether Meta made the change; poll the address in `Location`',
    schema: Change,
    headers: { Location: 'Address to poll for its state' },
  },
} as const

const statusOperation = (level: Level) =>
  operation({
    id: level === 'campaign' ? 'changeCampaignStatus' : 'changeAdsetStatus',
    method: 'patch',
    path: `/api/${PATHS[level]}/{id}/status`,
    tag: 'Changing',
    summary: `Starts or pauses a${level === 'adset' ? 'n' : ''} ${NAMES[level]} at Meta`,
    description:
      'A person’s change takes precedence: rules do not touch the field for 48 hours. Of several changes of one field, the last one counts.',
    params,
    body: StatusChange,
    write: true,
    problems: ['not-found', 'change-refused', 'change-superseded', 'temporal-unavailable'],
    responses,
    handle: async ({ params, body, key, hash }, context) => {
      const entity = await entityOf(context, level, params.id)
      return await changed(context, entity, change(entity, level, 'status', body.status, key, hash))
    },
  })

const budgetOperation = (level: Level) =>
  operation({
    id: level === 'campaign' ? 'changeCampaignBudget' : 'changeAdsetBudget',
    method: 'patch',
    path: `/api/${PATHS[level]}/{id}/budget`,
    tag: 'Changing',
    summary: `Sets the budget of a${level === 'adset' ? 'n' : ''} ${NAMES[level]} at Meta`,
    description:
      'Meta’s own limits apply. Guardrails do not block a person’s change; they add `warnings`. The budget must be of the kind that the entity has now (daily or lifetime). Of several changes of one field, the last one counts.',
    params,
    body: BudgetChange,
    write: true,
    problems: ['not-found', 'no-such-budget', 'currency-mismatch', 'change-refused', 'change-superseded', 'temporal-unavailable'],
    responses,
    handle: async ({ params, body, key, hash }, context) => {
      const entity = await entityOf(context, level, params.id)
      const [field, budget, present] =
        'daily' in body
          ? (['daily_budget', body.daily, entity.dailyBudget] as const)
          : (['lifetime_budget', body.lifetime, entity.lifetimeBudget] as const)
      if (present === null) throw noSuchBudget(entity, level, field)
      const { currency } = accountNamed(context, entity.account)
      if (budget.currency !== currency) {
        throw new ProblemError(
          'currency-mismatch',
          `The account ${entity.account} is in ${currency}, the budget in ${budget.currency}.`,
        )
      }
      if (budget.minor === 0) throw new ProblemError('change-refused', 'A budget cannot be zero; pause the entity instead.')
      return await changed(context, entity, change(entity, level, field, String(budget.minor), key, hash))
    },
  })

export const changeOperations = [
  statusOperation('campaign'),
  statusOperation('adset'),
  budgetOperation('campaign'),
  budgetOperation('adset'),
  operation({
    id: 'getChange',
    method: 'get',
    path: '/api/changes/{id}',
    tag: 'Changing',
    summary: 'The state of a change that was answered with 202',
    params: { id: Type.String({ maxLength: 200 }) },
    problems: ['not-found'],
    responses: { 200: { description: 'The change', schema: Change } },
    handle: async ({ params }, context) => {
      const change = await changeOf(context, params.id)
      if (change === undefined) throw new ProblemError('not-found', `There is no change ${params.id}.`)
      return answer(200, change)
    },
  }),
]

async function entityOf({ store }: ApiContext, level: Level, id: string): Promise<EntityRevision> {
  const entity = await findEntity(store, level, id)
  if (entity !== undefined && !isGone(entity)) return entity
  throw new ProblemError('not-found', `No ${NAMES[level]} ${id} was found at the last sync.`)
}

/** Carries out a person's change; what guardrails would refuse a rule is only reported in the answer, as warnings. */
async function changed(context: ApiContext, entity: EntityRevision, wanted: PersonChange) {
  const { store, settings, now } = context
  const account = accountNamed(context, entity.account)
  const warnings = await personWarnings(store, account, settings().groups, entity, wanted, now())
  return answerOf(await carryOutChange(context, { ...wanted, warnings }))
}

type PersonChange = WantedChange & { readonly field: 'status' | 'daily_budget' | 'lifetime_budget' }

/** The id includes a hash of the request: keys are deleted after a while, and could then be reused, but rows of the ledger are not. */
const change = (
  entity: EntityRevision,
  level: Level,
  field: PersonChange['field'],
  target: string,
  key: string,
  hash: string,
): PersonChange => ({
  id: `${key}-${hash.slice(0, 8)}`,
  account: entity.account,
  madeBy: { kind: 'person', name: 'token' },
  level,
  entityId: entity.id,
  field,
  target,
})

function answerOf(body: Change) {
  if (body.state === 'done') return answer(200, body)
  return answer(202, body, { location: `/api/changes/${encodeURIComponent(body.id)}` })
}

function noSuchBudget(entity: EntityRevision, level: Level, field: 'daily_budget' | 'lifetime_budget'): ProblemError {
  const [wanted, other] = field === 'daily_budget' ? ['daily', 'lifetime'] : ['lifetime', 'daily']
  const hasOther = (field === 'daily_budget' ? entity.lifetimeBudget : entity.dailyBudget) !== null
  if (hasOther) return new ProblemError('no-such-budget', `${entity.name} has a ${other} budget, not a ${wanted} one.`)
  const elsewhere = level === 'adset' ? `its campaign ${entity.campaignId}` : 'its ad sets'
  return new ProblemError('no-such-budget', `${entity.name} has no budget of its own: it is at ${elsewhere}.`)
}
