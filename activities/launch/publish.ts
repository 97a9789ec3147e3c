/**
 * Sets a launch active once everything exists: everything is read back, guardrails are checked once more, and each change is
 * written to the ledger before it is made. Ads and ad sets come before the campaign, so that nothing delivers in halves.
 */

import { encodeAuthor } from '../../engine/change/author.js'
import { isRepause, publishedKey, publishFolder, publishMutation, repauseMutation } from '../../engine/change/mutation-id.js'
import type { LaunchPlan } from '../../engine/launch/planned-object.js'
import { objectInWords } from '../../engine/launch/words.js'
import { reasonText } from '../../engine/message/reason.js'
import { oneLine } from '../../engine/text/one-line.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { intendMutation, type Mutation, mutationsBelow, settleMutation } from '../../store/decisions/mutations.js'
import { carriedOut } from '../base/carried-out-rule.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import { healthToday } from '../facts/account-health.js'
import { loadSnapshot } from '../guardrails/account-snapshot.js'
import { accountFacts } from '../guardrails/guardrail-facts.js'
import { freshenStructure } from '../sync/fresh-structure.js'
import { layLaunchOver } from './budgets.js'
import type { LaunchReadActivities, PreparedPublish, PublishChange, RefusedLaunch } from './contract.js'
import { launchRefusal, rootsOf } from './guardrails.js'
import { lookAtLaunch } from './read-launch.js'
import { changingRun, plannedRun, type PlannedRun } from './run.js'
import { keepLaunched } from './save-launched.js'

export const preparePublish =
  (dependencies: ActivityDependencies): LaunchReadActivities['preparePublish'] =>
  (of) =>
    attempt(async () => {
      return await prepare(dependencies, await changingRun(dependencies, of))
    })

async function prepare(dependencies: ActivityDependencies, planned: PlannedRun): Promise<PreparedPublish> {
  const { store } = dependencies
  const { run, account } = planned
  const written = await publishRows(store, run.id)
  // Written by an earlier attempt: what it allowed counts.
  if (written.length > 0) return { kind: 'publish', changes: changesOf(written, planned) }

  const launch = { ...planned.launch, publish: run.publish }
  const look = await lookAtLaunch({ store, media: dependencies.media, client: dependencies.meta(account) }, account, launch)
  const unfinished = whatDiffers(planned.plan, look.plan)
  if (unfinished !== null) return unfinished
  for (const key of look.plan.publish) {
    const { object } = look.plan.objects.find((one) => one.object.key === key)!
    await keepLaunched(dependencies, account, { kind: object.kind, id: look.standing.get(key)!.id })
  }
  await freshenStructure(dependencies, account.name)
  const carried = run.decision === null ? null : await carriedOut(store, run.decision)
  const now = dependencies.now()
  const today = await healthToday(dependencies, account, now)
  return await inTransaction(store, async (transaction): Promise<PreparedPublish> => {
    const snapshot = await loadSnapshot(transaction, account.name, now, null)
    const ids = new Map([...look.standing].map(([key, { id }]) => [key, id]))
    const entities = layLaunchOver(snapshot, look.plan, ids)
    const facts = await accountFacts(transaction, account, now, today, null, dependencies.settings().groups, run.id)
    const judged = { account, facts, snapshot, rule: carried?.rule ?? null }
    const refusal = await launchRefusal(transaction, judged, look.plan, entities)
    if (refusal !== null) {
      const note = reasonText(refusal.reason, { language: 'en', currency: account.currency, zone: account.timezone })
      return refusal.guardrail === 'stop' ? { stopped: note } : { kind: 'refused', note, reason: refusal.reason }
    }
    // Taking the decision back is pausing what is on top: what is beneath stops with it.
    const roots = new Set(rootsOf(look.plan.publish, entities).map(({ id }) => id))
    const rows: Mutation[] = []
    for (const key of look.plan.publish) {
      const entity = entities.get(key)!
      const { mutation } = await intendMutation(transaction, {
        id: publishMutation(run.id, key),
        decision: roots.has(entity.id) ? run.decision : null,
        account: account.name,
        made_by: encodeAuthor({ kind: 'launch', key: run.launch }),
        level: entity.level,
        entity_id: entity.id,
        field: 'status',
        before: 'PAUSED',
        target: 'ACTIVE',
        intended_at: now,
      })
      rows.push(mutation)
    }
    return { kind: 'publish', changes: changesOf(rows, planned) }
  })
}

/** Whatever is not as it should be keeps all of it paused: a person has to look first. */
function whatDiffers(before: LaunchPlan, after: LaunchPlan): RefusedLaunch | null {
  const refused = (note: string): RefusedLaunch => ({ kind: 'refused', note, reason: null })
  const unfinished = after.objects.find(({ action }) => action === 'create' || action === 'replace')
  if (unfinished !== undefined) {
    return refused(`The ${objectInWords(unfinished.object)} is not at Meta any more: apply again.`)
  }
  const made = new Set(before.objects.filter(({ action }) => action !== 'none').map(({ object }) => object.key))
  const differs = after.objects.find(({ object, drift }) => made.has(object.key) && drift.length > 0)
  if (differs === undefined) return null
  const fields = differs.drift.map(({ field }) => field).join(', ')
  const known = before.objects.find(({ object }) => object.key === differs.object.key)?.drift.length ?? 0
  if (known > 0) return null
  return refused(
    `Somebody changed the ${objectInWords(differs.object)} at Meta in the meantime (${fields}): look, and apply again.`,
  )
}

const ORDER: Readonly<Record<Mutation['level'], number>> = { ad: 0, adset: 1, campaign: 2 }

/** What delivers by itself comes last. */
function changesOf(rows: readonly Mutation[], { run, plan }: PlannedRun): PublishChange[] {
  const sorted = [...rows].sort((a, b) => ORDER[a.level] - ORDER[b.level])
  return sorted.map((row) => ({ mutation: row.id, summary: summaryOf(row, run.id, plan) }))
}

function summaryOf(row: Mutation, run: string, plan: LaunchPlan): string {
  const key = publishedKey(row, run)
  const object = plan.objects.find((one) => one.object.key === key)?.object
  return oneLine(`${row.target === 'ACTIVE' ? 'activate' : 'pause'} ${object === undefined ? key : objectInWords(object)}`)
}

/** What is not to stay active is paused again, the campaign first; what was not tried is not tried any more. */
export const prepareRepause =
  (dependencies: ActivityDependencies): LaunchReadActivities['prepareRepause'] =>
  async (of) => {
    const { run: id } = of
    const planned = await plannedRun(dependencies, of)
    const { store, now } = dependencies
    return await inTransaction(store, async (transaction) => {
      const rows = (await publishRows(transaction, id)).filter((row) => !isRepause(row))
      const changes: Mutation[] = []
      for (const row of rows) {
        if (row.outcome === 'intended') {
          const error = { type: 'not-tried', message: 'The launch ended before.' }
          await settleMutation(transaction, row.id, { outcome: 'refused', error, at: now() })
        }
        if (row.outcome !== 'confirmed' && row.outcome !== 'unknown') continue
        const { decision, account, made_by, level, entity_id, field, target } = row
        const same = { decision, account, made_by, level, entity_id, field }
        const back = { ...same, id: repauseMutation(row.id), before: target, target: 'PAUSED', intended_at: now() }
        changes.push((await intendMutation(transaction, back)).mutation)
      }
      return { changes: changesOf(changes, planned).reverse() }
    })
  }

/** Keys of what this run set active and left so. */
export async function publishedKeys(store: Store, run: string): Promise<string[]> {
  const rows = await publishRows(store, run)
  const paused = new Set(rows.filter(({ target }) => target === 'PAUSED').map(({ entity_id: id }) => id))
  const isActive = ({ target, outcome, entity_id: id }: Mutation): boolean =>
    target === 'ACTIVE' && (outcome === 'confirmed' || outcome === 'unchanged') && !paused.has(id)
  return rows.filter(isActive).map((row) => publishedKey(row, run))
}

const publishRows = (store: Store, run: string): Promise<Mutation[]> => mutationsBelow(store, publishFolder(run))
