/** Days and hours of insights with the time they were learned: a late conversion adds a revision and overwrites nothing. */

import { canonicalJson } from '../base/json.js'
import { chunks, planRevisions, type SaveCounts } from '../base/revisions.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'
import { isGone } from './entities.js'

export type InsightLevel = Row<'insights'>['level']

/** One day or one hour of an entity. Money (`spend`, `measures.revenue`, `measures['value:…']`) is in minor units. */
export interface Insight {
  readonly entityId: string
  /** The entity's campaign and ad set according to the row, because a deleted entity is missing from the structure. */
  readonly campaignId?: string | null
  readonly adsetId?: string | null
  /** ISO date in the account's time zone. */
  readonly day: string
  /** 0 to 23; null for the whole day. */
  readonly hour: number | null
  readonly spend: number
  readonly impressions: number
  readonly clicks: number
  /** Other additive measures by their catalogue name, and actions by `action:<type>` and `value:<type>`; null if unknown. */
  readonly measures: Readonly<Record<string, number | null>>
}

export interface InsightRevision extends Insight {
  readonly learnedAt: number
}

export interface InsightAnswer {
  readonly account: string
  readonly level: InsightLevel
  /** First and last requested day, inclusive: a stored day in this range that `rows` lacks has become zero. */
  readonly since: string
  readonly until: string
  readonly resolution: 'day' | 'hour'
  readonly rows: readonly Insight[]
  readonly learnedAt: number
}

/**
 * Saves the answer of a sync for a range of days. Equal rows change nothing; if numbers differ, the row gets a revision;
 * rows that are missing end, which means zero because `syncs` says that the day was requested. A row of an object that the
 * structure does not list stays, because deleting an object does not undo its spend.
 */
export function saveInsights(store: Store, answer: InsightAnswer): Promise<SaveCounts> {
  checkAnswer(answer)
  return inTransaction(store, async ({ db }) => {
    const rows = answer.rows.map((row) => rowOf(answer, row))
    const known = await db
      .selectFrom('insights')
      .selectAll()
      .where('account', '=', answer.account)
      .where('level', '=', answer.level)
      .where('day', '>=', answer.since)
      .where('day', '<=', answer.until)
      .where('hour', answer.resolution === 'day' ? '=' : '!=', WHOLE_DAY)
      .where('superseded_at', 'is', null)
      .execute()
    const answered = byKey(rows)
    const missing = known.filter((row) => !answered.has(keyOf(row)))
    const listed = await listedOf(db, answer, missing)
    const current = known.filter((row) => answered.has(keyOf(row)) || listed.has(row.entity_id))
    const plan = planRevisions(answered, byKey(current), isSame, answer.learnedAt)
    for (const { day, hour, ids } of byDayAndHour(plan.supersede)) {
      for (const chunk of chunks(ids)) {
        await db
          .updateTable('insights')
          .set({ superseded_at: answer.learnedAt })
          .where('account', '=', answer.account)
          .where('level', '=', answer.level)
          .where('day', '=', day)
          .where('hour', '=', hour)
          .where('superseded_at', 'is', null)
          .where('entity_id', 'in', chunk)
          .execute()
      }
    }
    for (const chunk of chunks(plan.insert)) await db.insertInto('insights').values(chunk).execute()
    return plan.counts
  })
}

export interface InsightQuestion {
  readonly account: string
  readonly level: InsightLevel
  readonly since: string
  readonly until: string
  readonly resolution: 'day' | 'hour'
  /** Returns what was known at this time, epoch milliseconds; by default what is known now. */
  readonly knownAt?: number
  readonly entityId?: string
  /** For the next page: only rows after this one. */
  readonly after?: { readonly day: string; readonly entityId: string; readonly hour: number | null }
  readonly limit?: number
}

/** Returns the rows of a range of days (inclusive) as they were known at `knownAt`, ordered by day, entity and hour. */
export async function insightsAsOf(store: Store, question: InsightQuestion): Promise<InsightRevision[]> {
  const { knownAt } = question
  const asked = store.db
    .selectFrom('insights')
    .select([
      'entity_id',
      'campaign_id',
      'adset_id',
      'day',
      'hour',
      'spend',
      'impressions',
      'clicks',
      'measures_json',
      'learned_at',
    ])
    .where('account', '=', question.account)
    .where('level', '=', question.level)
    .where('day', '>=', question.since)
    .where('day', '<=', question.until)
    .where('hour', question.resolution === 'day' ? '=' : '!=', WHOLE_DAY)
    .$if(question.entityId !== undefined, (query) => query.where('entity_id', '=', question.entityId!))
    .$if(question.after !== undefined, (query) => {
      const { day, entityId, hour } = question.after!
      return query.where((row) => row(row.refTuple('day', 'entity_id', 'hour'), '>', row.tuple(day, entityId, hour ?? WHOLE_DAY)))
    })
  const current = asked.where('superseded_at', 'is', null)
  // Revisions that ended later were current then. Two queries, so that each uses its own index, however many revisions there are.
  const known =
    knownAt === undefined
      ? current
      : current
          .where('learned_at', '<=', knownAt)
          .unionAll(asked.where('superseded_at', '>', knownAt).where('learned_at', '<=', knownAt))
  const rows = await known
    .orderBy('day')
    .orderBy('entity_id')
    .orderBy('hour')
    .$if(question.limit !== undefined, (query) => query.limit(question.limit!))
    .execute()
  return rows.map((row) => ({
    entityId: row.entity_id,
    campaignId: row.campaign_id,
    adsetId: row.adset_id,
    day: row.day,
    hour: row.hour === WHOLE_DAY ? null : row.hour,
    spend: row.spend,
    impressions: row.impressions,
    clicks: row.clicks,
    measures: JSON.parse(row.measures_json) as Record<string, number | null>,
    learnedAt: row.learned_at,
  }))
}

/** SQLite allows repeated nulls in a key, so the whole day has a number instead. */
const WHOLE_DAY = -1

type InsightRow = Row<'insights'>

function checkAnswer({ since, until, resolution, rows }: InsightAnswer): void {
  const wrong = rows.find((row) => row.day < since || row.day > until || (row.hour === null) !== (resolution === 'day'))
  if (wrong !== undefined) {
    throw new Error(
      `Insights of ${since} to ${until} by ${resolution} contain a row of ${wrong.day}, hour ${wrong.hour ?? 'none'}.`,
    )
  }
}

const keyOf = ({ day, entity_id: id, hour }: InsightRow): string => `${day}/${id}/${hour}`

const byKey = (rows: readonly InsightRow[]): Map<string, InsightRow> => new Map(rows.map((row) => [keyOf(row), row]))

/** Returns those entities of the rows that the structure lists. The account itself always counts as listed. */
async function listedOf(
  db: Store['db'],
  { account, level }: Pick<InsightAnswer, 'account' | 'level'>,
  rows: readonly InsightRow[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.map((row) => row.entity_id))]
  if (level === 'account') return new Set(ids)
  const listed = new Set<string>()
  for (const chunk of chunks(ids)) {
    const found = await db
      .selectFrom('entities')
      .select(['id', 'status', 'effective_status as effectiveStatus'])
      .where('account', '=', account)
      .where('level', '=', level)
      .where('id', 'in', chunk)
      .where('superseded_at', 'is', null)
      .execute()
    for (const entity of found) if (!isGone(entity)) listed.add(entity.id)
  }
  return listed
}

function byDayAndHour(rows: readonly InsightRow[]): Iterable<{ day: string; hour: number; ids: string[] }> {
  const groups = new Map<string, { day: string; hour: number; ids: string[] }>()
  for (const { day, hour, entity_id } of rows) {
    const group = groups.get(`${day}/${hour}`)
    if (group === undefined) groups.set(`${day}/${hour}`, { day, hour, ids: [entity_id] })
    else group.ids.push(entity_id)
  }
  return groups.values()
}

const isSame = (a: InsightRow, b: InsightRow): boolean =>
  a.spend === b.spend &&
  a.impressions === b.impressions &&
  a.clicks === b.clicks &&
  a.measures_json === b.measures_json &&
  a.campaign_id === b.campaign_id &&
  a.adset_id === b.adset_id

const rowOf = (answer: InsightAnswer, insight: Insight): InsightRow => ({
  account: answer.account,
  level: answer.level,
  entity_id: insight.entityId,
  campaign_id: insight.campaignId ?? null,
  adset_id: insight.adsetId ?? null,
  day: insight.day,
  hour: insight.hour ?? WHOLE_DAY,
  spend: insight.spend,
  impressions: insight.impressions,
  clicks: insight.clicks,
  measures_json: canonicalJson(insight.measures),
  learned_at: answer.learnedAt,
  superseded_at: null,
})

/** Whether the stored rows show any spend of a campaign, ad set or ad. */
export async function hasSpent(store: Store, account: string, level: 'campaign' | 'adset' | 'ad', id: string): Promise<boolean> {
  const beneath =
    level === 'campaign'
      ? store.db
          .selectFrom('entities')
          .select('id')
          .where('account', '=', account)
          .where('level', '=', 'adset')
          .where('campaign_id', '=', id)
      : null
  const row = await store.db
    .selectFrom('insights')
    .select('spend')
    .where('account', '=', account)
    .where('spend', '>', 0)
    .where((where) =>
      beneath === null
        ? where('entity_id', '=', id)
        : where.or([where('entity_id', '=', id), where('campaign_id', '=', id), where('entity_id', 'in', beneath)]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
