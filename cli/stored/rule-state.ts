/** A rule's stored state for an entity, and the age of its account's data. */

import { levelOfRule } from '../../activities/facts/facts-for-rules.js'
import { syncKind } from '../../activities/facts/sync-kind.js'
import { formatInstant } from '../../engine/clock/written-time.js'
import type { ExplainedState } from '../../engine/explanation/explanation.js'
import type { Rule } from '../../engine/rule/rule.js'
import { lastGoodSync, type SyncKind } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { stateOfRow } from '../../store/rules/rule-state-row.js'
import { findRuleState } from '../../store/rules/rule-states.js'
import type { ExplainedSync } from '../data/explanation.js'

export async function stateOf(
  store: Store,
  account: string,
  rule: Rule,
  entityKey: string,
  zone: string,
): Promise<ExplainedState | null> {
  const row = await findRuleState(store, account, rule.id, entityKey)
  if (row === undefined) return null
  const { state, pendingSince, restingUntil, cleared, announced, evaluatedAt } = stateOfRow(row)
  const time = (instant: number | null): string | null => (instant === null ? null : formatInstant(instant, zone))
  return {
    state,
    pendingSince: time(pendingSince),
    firesFrom: state === 'pending' && pendingSince !== null ? time(pendingSince + rule.holdFor) : null,
    restingUntil: restingUntil !== null && restingUntil > evaluatedAt ? time(restingUntil) : null,
    cleared: rule.clear === null ? null : cleared,
    announced,
    evaluatedAt: formatInstant(evaluatedAt, zone),
  }
}

export async function syncsOf(
  store: Store,
  account: string,
  rule: Rule | undefined,
  { at, knownAt, zone }: { readonly at: number; readonly knownAt: number; readonly zone: string },
): Promise<ExplainedSync[]> {
  const level = rule === undefined ? 'adset' : levelOfRule(rule)
  const kinds: SyncKind[] = ['structure', syncKind(level, false), syncKind(level, true)]
  const found = await Promise.all(kinds.map((kind) => lastGoodSync(store, account, kind, knownAt)))
  return found.flatMap((sync) =>
    sync === undefined || sync.finished_at === null
      ? []
      : [
          {
            kind: sync.kind,
            since: sync.since,
            until: sync.until,
            finishedAt: formatInstant(sync.finished_at, zone),
            age: Math.max(0, Math.round((at - sync.started_at) / 60_000)),
          },
        ],
  )
}
