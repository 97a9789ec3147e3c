/**
 * Sets a launch active once everything exists: everything is read back, guardrails are checked once more, and each change is
 * written to the ledger before it is made. Ads and ad sets come before the campaign, so that nothing delivers before everything may.
 */

import { encodeAuthor } from '../../engine/change/author.js'
import { isRepause, publishedKey, publishFolder, publishMutation, repauseMutation } from '../../engine/change/mutation-id.js'
import type { LaunchPlan } from '../../engine/launch/launch-plan.js'
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
import { readLaunch } from './read-launch.js'
import { changingRun, type LaunchRun, planOf, readRun } from './run.js'
import { keepLaunched } from './save-launched.js'

export const preparePublish =
  (dependencies: ActivityDependencies): LaunchReadActivities['preparePublish'] =>
  (of) =>
    attempt(async () => await prepare(dependencies, await changingRun(dependencies, of)))

async function prepare(dependencies: ActivityDependencies, launch: LaunchRun): Promise<PreparedPublish> {
  const { store } = dependencies
  const { run, account } = launch
  const planned = planOf(launch)
  const written = await publishRows(store, run.id)
  // An earlier attempt checked the guardrails and wrote these.
  if (written.length > 0) return { kind: 'publish', changes: changesOf(written, run.id, planned) }

  const spec = { ...launch.spec, publish: run.publish }
  const client = dependencies.meta(account)
  const { plan, existing } = await readLaunch({ store, media: dependencies.media, client }, account, spec)
  const unfinished = whatDiffers(planned, plan)
  if (unfinished !== null) return unfinished
  for (const key of plan.publish) {
    const { object } = plan.objects.find((one) => one.object.key === key)!
    await keepLaunched(dependencies, account, { kind: object.kind, id: existing.get(key)!.id })
  }
  await freshenStructure(dependencies, account.name)
  const carried = run.decision === null ? null : await carriedOut(store, run.decision)
  const now = dependencies.now()
  const today = await healthToday(dependencies, account, now)
  return await inTransaction(store, async (transaction): Promise<PreparedPublish> => {
    const snapshot = await loadSnapshot(transaction, account.name, now, null)
    const ids = new Map([...existing].map(([key, { id }]) => [key, id]))
    const entities = layLaunchOver(snapshot, plan, ids)
    const facts = await accountFacts(transaction, account, now, today, null, dependencies.settings().groups, run.id)
    const judged = { account, facts, snapshot, rule: carried?.rule ?? null }
    const refusal = await launchRefusal(transaction, judged, plan, entities)
    if (refusal !== null) {
      const note = reasonText(refusal.reason, { language: 'en', currency: account.currency, zone: account.timezone })
      return refusal.guardrail === 'stop' ? { stopped: note } : { kind: 'refused', note, reason: refusal.reason }
    }
    // Undoing the decision pauses the topmost objects; those below stop delivering with them.
    const roots = new Set(rootsOf(plan.publish, entities).map(({ id }) => id))
    const rows: Mutation[] = []
    for (const key of plan.publish) {
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
    return { kind: 'publish', changes: changesOf(rows, run.id, planned) }
  })
}

/** Returns why nothing may be set active: an object is missing, or was changed outside since. Null if all is as planned. */
function whatDiffers(before: LaunchPlan, after: LaunchPlan): RefusedLaunch | null {
  const refused = (note: string): RefusedLaunch => ({ kind: 'refused', note, reason: null })
  const unfinished = after.objects.find(({ action }) => action === 'create' || action === 'replace')
  if (unfinished !== undefined) {
    return refused(`The ${objectInWords(unfinished.object)} no longer exists at Meta. Apply the launch again.`)
  }
  const changed = new Set(before.objects.filter(({ action }) => action !== 'none').map(({ object }) => object.key))
  const differs = after.objects.find(({ object, drift }) => changed.has(object.key) && drift.length > 0)
  if (differs === undefined) return null
  const fields = differs.drift.map(({ field }) => field).join(', ')
  const known = before.objects.find(({ object }) => object.key === differs.object.key)?.drift.length ?? 0
  if (known > 0) return null
  return refused(
    `The ${objectInWords(differs.object)} was changed at Meta in the meantime (${fields}). Check it, and apply the launch again.`,
  )
}

const ORDER: Readonly<Record<Mutation['level'], number>> = { ad: 0, adset: 1, campaign: 2 }

/** The campaign comes last: nothing delivers before it is active. */
function changesOf(rows: readonly Mutation[], run: string, plan: LaunchPlan): PublishChange[] {
  const sorted = [...rows].sort((a, b) => ORDER[a.level] - ORDER[b.level])
  return sorted.map((row) => ({ mutation: row.id, summary: summaryOf(row, run, plan) }))
}

function summaryOf(row: Mutation, run: string, plan: LaunchPlan): string {
  const key = publishedKey(row, run)
  const object = plan.objects.find((one) => one.object.key === key)?.object
  return oneLine(`${row.target === 'ACTIVE' ? 'activate' : 'pause'} ${object === undefined ? key : objectInWords(object)}`)
}

/** Prepares pausing what this run set active, the campaign first. Changes that were not tried are settled as refused. */
export const prepareRepause =
  (dependencies: ActivityDependencies): LaunchReadActivities['prepareRepause'] =>
  async (of) => {
    const { run: id } = of
    const plan = planOf(await readRun(dependencies, of))
    const { store, now } = dependencies
    return await inTransaction(store, async (transaction) => {
      const rows = (await publishRows(transaction, id)).filter((row) => !isRepause(row))
      const changes: Mutation[] = []
      for (const row of rows) {
        if (row.outcome === 'intended') {
          const error = { type: 'not-tried', message: 'The launch ended before this change was made.' }
          await settleMutation(transaction, row.id, { outcome: 'refused', error, at: now() })
        }
        if (row.outcome !== 'confirmed' && row.outcome !== 'unknown') continue
        const { decision, account, made_by, level, entity_id, field, target } = row
        const same = { decision, account, made_by, level, entity_id, field }
        const back = { ...same, id: repauseMutation(row.id), before: target, target: 'PAUSED', intended_at: now() }
        changes.push((await intendMutation(transaction, back)).mutation)
      }
      return { changes: changesOf(changes, id, plan).reverse() }
    })
  }

/** Returns the keys of the objects that this run set active and did not pause again. */
export async function publishedKeys(store: Store, run: string): Promise<string[]> {
  const rows = await publishRows(store, run)
  const paused = new Set(rows.filter(({ target }) => target === 'PAUSED').map(({ entity_id: id }) => id))
  const isActive = ({ target, outcome, entity_id: id }: Mutation): boolean =>
    target === 'ACTIVE' && (outcome === 'confirmed' || outcome === 'unchanged') && !paused.has(id)
  return rows.filter(isActive).map((row) => publishedKey(row, run))
}

const publishRows = (store: Store, run: string): Promise<Mutation[]> => mutationsBelow(store, publishFolder(run))
