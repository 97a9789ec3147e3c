/** The loaded rules, and every version that was ever loaded, so that an old decision can still show its rule. */

import type { Rule } from '../../engine/rule/rule.js'
import { canonicalJson } from '../base/json.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'
import { parseRule } from './rule-json.js'

export interface StoredRule {
  readonly rule: Rule
  readonly commitSha: string | null
  readonly isLoaded: boolean
  /** When it was loaded, or last loaded. */
  readonly loadedAt: number
}

export interface RuleSetChange {
  /** Ids of rules that were not loaded before. */
  readonly added: readonly string[]
  /** Ids of rules that are loaded with another version than before. */
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: readonly string[]
}

/**
 * Replaces the loaded set of rules.
 *
 * If a rule is changed or removed, its *pending* states start again, because "true at every evaluation for two hours" referred to
 * another condition. Cooldowns stay.
 */
export function replaceRules(
  store: Store,
  set: { readonly rules: readonly Rule[]; readonly commitSha: string | null; readonly loadedAt: number },
): Promise<RuleSetChange> {
  return inTransaction(store, async ({ db }) => {
    const before = await db.selectFrom('rules').select(['id', 'version']).where('loaded', '=', 1).execute()
    const change = compare(new Map(before.map((row) => [row.id, row.version])), set.rules)
    await db.updateTable('rules').set({ loaded: 0 }).where('loaded', '=', 1).execute()
    const unchanged = new Set(change.unchanged)
    for (const rule of set.rules) {
      const row = {
        file: rule.file,
        commit_sha: set.commitSha,
        rule_json: canonicalJson(rule),
        loaded: 1,
        loaded_at: set.loadedAt,
      }
      await db
        .insertInto('rules')
        .values({ id: rule.id, version: rule.version, ...row })
        .onConflict((conflict) =>
          conflict.columns(['id', 'version']).doUpdateSet((stored) => ({
            ...row,
            // Loading the same version again does not change when it was loaded.
            loaded_at: unchanged.has(rule.id) ? stored.ref('rules.loaded_at') : row.loaded_at,
          })),
        )
        .execute()
    }
    for (const rule of [...change.changed, ...change.removed]) {
      await db
        .updateTable('rule_states')
        .set({ state: 'waiting', pending_since: null })
        .where('rule', '=', rule)
        .where('state', '=', 'pending')
        .execute()
    }
    return change
  })
}

/** Returns the loaded rules, ordered by id. */
export async function loadedRules(store: Store): Promise<StoredRule[]> {
  const rows = await store.db.selectFrom('rules').selectAll().where('loaded', '=', 1).orderBy('id').execute()
  return rows.map(storedRule)
}

/** Returns the latest version of every rule that is or was loaded. */
export async function latestRules(store: Store): Promise<Rule[]> {
  const rows = await store.db.selectFrom('rules').selectAll().orderBy('loaded_at').execute()
  return [...new Map(rows.map((row) => [row.id, storedRule(row).rule])).values()]
}

export async function findLoadedRule(store: Store, id: string): Promise<StoredRule | undefined> {
  const row = await store.db.selectFrom('rules').selectAll().where('id', '=', id).where('loaded', '=', 1).executeTakeFirst()
  return row === undefined ? undefined : storedRule(row)
}

/** Finds a version that is or was loaded. */
export async function findRuleVersion(store: Store, id: string, version: string): Promise<StoredRule | undefined> {
  const row = await store.db
    .selectFrom('rules')
    .selectAll()
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row === undefined ? undefined : storedRule(row)
}

function compare(before: ReadonlyMap<string, string>, rules: readonly Rule[]): RuleSetChange {
  const now = new Map(rules.map((rule) => [rule.id, rule.version]))
  const ids = [...now.keys()].sort()
  return {
    added: ids.filter((id) => !before.has(id)),
    changed: ids.filter((id) => before.has(id) && before.get(id) !== now.get(id)),
    removed: [...before.keys()].filter((id) => !now.has(id)).sort(),
    unchanged: ids.filter((id) => before.get(id) === now.get(id)),
  }
}

const storedRule = (row: Row<'rules'>): StoredRule => ({
  rule: parseRule(row.rule_json),
  commitSha: row.commit_sha,
  isLoaded: row.loaded === 1,
  loadedAt: row.loaded_at,
})
