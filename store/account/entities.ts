/** Campaigns, ad sets and ads, each stored as a series of revisions with the time when each was learned. */

import { canonicalJson } from '../base/json.js'
import { chunks, lastOfEach, planRevisions, type SaveCounts } from '../base/revisions.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type EntityLevel = Row<'entities'>['level']

/** An entity as Meta returns it; money is in minor units. */
export interface Entity {
  readonly level: EntityLevel
  readonly id: string
  readonly campaignId: string
  readonly adsetId: string | null
  readonly name: string
  /** As configured: ACTIVE, PAUSED, DELETED or ARCHIVED. */
  readonly status: string
  readonly effectiveStatus: string
  readonly dailyBudget: number | null
  readonly lifetimeBudget: number | null
  /** All other fields that attributes use, by Meta's names. */
  readonly fields: Readonly<Record<string, unknown>>
}

export interface EntityRevision extends Entity {
  readonly account: string
  readonly learnedAt: number
}

export interface StructureAnswer {
  readonly account: string
  /** The levels that were requested completely: entities of these levels that `entities` lacks are gone. */
  readonly levels: readonly EntityLevel[]
  readonly entities: readonly Entity[]
  readonly learnedAt: number
}

/** Whether the entity or its parent is deleted or archived. Meta no longer lists it, but still returns it by its id. */
export const isGone = ({ status, effectiveStatus }: Pick<Entity, 'status' | 'effectiveStatus'>): boolean =>
  GONE.includes(status) || GONE.includes(effectiveStatus)

const GONE: readonly string[] = ['DELETED', 'ARCHIVED']

/**
 * Saves a sync's structure: only changed entities get a revision, and the revisions of entities that are no longer listed end.
 * Entities that are known to be deleted or archived stay as they are, because Meta never lists them.
 */
export function saveStructure(store: Store, answer: StructureAnswer): Promise<SaveCounts> {
  const foreign = answer.entities.find((entity) => !answer.levels.includes(entity.level))
  if (foreign !== undefined) throw new Error(`The answer has the ${foreign.level} ${foreign.id}, a level that was not requested.`)
  return inTransaction(store, async ({ db }) => {
    const rows = answer.entities.map((entity) => rowOf(answer.account, entity, answer.learnedAt))
    const known = await db
      .selectFrom('entities')
      .selectAll()
      .where('account', '=', answer.account)
      .where('level', 'in', answer.levels)
      .where('superseded_at', 'is', null)
      .execute()
    const answered = byKey(rows)
    const listed = known.filter((row) => !isGone(revisionOf(row)) || answered.has(keyOf(row)))
    const plan = planRevisions(answered, byKey(listed), isSame, answer.learnedAt)
    for (const level of answer.levels) {
      const ids = plan.supersede.filter((row) => row.level === level).map((row) => row.id)
      for (const chunk of chunks(ids)) {
        await db
          .updateTable('entities')
          .set({ superseded_at: answer.learnedAt })
          .where('account', '=', answer.account)
          .where('level', '=', level)
          .where('superseded_at', 'is', null)
          .where('id', 'in', chunk)
          .execute()
      }
    }
    for (const chunk of chunks(plan.insert)) await db.insertInto('entities').values(chunk).execute()
    return plan.counts
  })
}

/** Stores a reading of one entity; an older reading never replaces a newer one. Returns whether it added a revision. */
export function saveEntity(store: Store, account: string, entity: Entity, learnedAt: number): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const row = rowOf(account, entity, learnedAt)
    const current = db.selectFrom('entities').selectAll().where('account', '=', account).where('level', '=', entity.level)
    const known = await current.where('id', '=', entity.id).where('superseded_at', 'is', null).executeTakeFirst()
    if (known !== undefined && (known.learned_at >= learnedAt || isSame(row, known))) return false
    if (known !== undefined) {
      await db
        .updateTable('entities')
        .set({ superseded_at: learnedAt })
        .where('account', '=', account)
        .where('level', '=', entity.level)
        .where('id', '=', entity.id)
        .where('superseded_at', 'is', null)
        .execute()
    }
    await db.insertInto('entities').values(row).execute()
    return true
  })
}

/** Returns the account's entities as they were known at `knownAt` (by default now), without deleted and archived ones. */
export const entitiesAsOf = async (store: Store, account: string, knownAt?: number): Promise<EntityRevision[]> =>
  (await currentAsOf(store, account, knownAt)).filter((entity) => !isGone(entity))

async function currentAsOf(store: Store, account: string, knownAt?: number): Promise<EntityRevision[]> {
  const current = store.db.selectFrom('entities').selectAll().where('account', '=', account).where('superseded_at', 'is', null)
  if (knownAt === undefined) return (await current.execute()).map(revisionOf)
  const rows = await current
    .where('learned_at', '<=', knownAt)
    .unionAll(
      store.db
        .selectFrom('entities')
        .selectAll()
        .where('account', '=', account)
        .where('superseded_at', '>', knownAt)
        .where('learned_at', '<=', knownAt),
    )
    .execute()
  return rows.map(revisionOf)
}

export interface EntityQuestion {
  readonly level: EntityLevel
  readonly account?: string
  readonly campaignId?: string
  readonly adsetId?: string
  /** As configured. Entities that are deleted or archived, themselves or through a parent, are returned only for that status. */
  readonly status?: string
  /** For the next page: only entities whose id is greater than this one. */
  readonly after?: string
  readonly limit: number
}

/** Returns one page of current entities, ordered by id. */
export async function listEntities(store: Store, question: EntityQuestion): Promise<EntityRevision[]> {
  const { account, campaignId, adsetId, status, after } = question
  const asksGone = status !== undefined && GONE.includes(status)
  const rows = await store.db
    .selectFrom('entities')
    .selectAll()
    .where('superseded_at', 'is', null)
    .where('level', '=', question.level)
    .$if(account !== undefined, (query) => query.where('account', '=', account!))
    .$if(campaignId !== undefined, (query) => query.where('campaign_id', '=', campaignId!))
    .$if(adsetId !== undefined, (query) => query.where('adset_id', '=', adsetId!))
    .$if(status !== undefined, (query) => query.where(asksGone ? 'effective_status' : 'status', '=', status!))
    .$if(!asksGone, (query) => query.where('status', 'not in', GONE).where('effective_status', 'not in', GONE))
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(question.limit)
    .execute()
  return rows.map(revisionOf)
}

/** Returns the current state of an entity of any account; Meta's ids are unique across accounts. */
export async function findEntity(store: Store, level: EntityLevel, id: string): Promise<EntityRevision | undefined> {
  const row = await store.db
    .selectFrom('entities')
    .selectAll()
    .where('id', '=', id)
    .where('superseded_at', 'is', null)
    .where('level', '=', level)
    .executeTakeFirst()
  return row === undefined ? undefined : revisionOf(row)
}

/**
 * Returns the last state known at `knownAt` of entities that Meta no longer lists: as read by id, or as last listed. Ids that were
 * never seen are left out.
 */
export async function goneAsOf(
  store: Store,
  { account, level, ids, knownAt }: { account: string; level: EntityLevel; ids: readonly string[]; knownAt: number },
): Promise<EntityRevision[]> {
  const found: EntityRevision[] = []
  for (const chunk of chunks(ids)) {
    const rows = await store.db
      .selectFrom('entities')
      .selectAll()
      .where('account', '=', account)
      .where('level', '=', level)
      .where('id', 'in', chunk)
      .where('learned_at', '<=', knownAt)
      .orderBy('learned_at')
      .execute()
    found.push(...lastOfEach(rows.map(revisionOf), ({ id }) => id))
  }
  return found
}

type EntityRow = Row<'entities'>

const keyOf = ({ level, id }: EntityRow): string => `${level}/${id}`

const byKey = (rows: readonly EntityRow[]): Map<string, EntityRow> => new Map(rows.map((row) => [keyOf(row), row]))

const isSame = (a: EntityRow, b: EntityRow): boolean =>
  a.campaign_id === b.campaign_id &&
  a.adset_id === b.adset_id &&
  a.name === b.name &&
  a.status === b.status &&
  a.effective_status === b.effective_status &&
  a.daily_budget === b.daily_budget &&
  a.lifetime_budget === b.lifetime_budget &&
  a.fields_json === b.fields_json

const rowOf = (account: string, entity: Entity, learnedAt: number): EntityRow => ({
  account,
  level: entity.level,
  id: entity.id,
  campaign_id: entity.campaignId,
  adset_id: entity.adsetId,
  name: entity.name,
  status: entity.status,
  effective_status: entity.effectiveStatus,
  daily_budget: entity.dailyBudget,
  lifetime_budget: entity.lifetimeBudget,
  fields_json: canonicalJson(entity.fields),
  learned_at: learnedAt,
  superseded_at: null,
})

const revisionOf = (row: EntityRow): EntityRevision => ({
  account: row.account,
  level: row.level,
  id: row.id,
  campaignId: row.campaign_id,
  adsetId: row.adset_id,
  name: row.name,
  status: row.status,
  effectiveStatus: row.effective_status,
  dailyBudget: row.daily_budget,
  lifetimeBudget: row.lifetime_budget,
  fields: JSON.parse(row.fields_json) as Record<string, unknown>,
  learnedAt: row.learned_at,
})
