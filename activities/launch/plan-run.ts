/**
 * Begins a run: settles the objects that an earlier run left open, reads the existing ones, computes the plan, and checks the
 * guardrails before anything is created. The plan is stored for the later activities.
 */

import type { LaunchPlan, LaunchReading } from '../../engine/launch/launch-plan.js'
import { countsInWords, objectInWords, stepTitle } from '../../engine/launch/words.js'
import { reasonText } from '../../engine/message/reason.js'
import { oneLine } from '../../engine/text/one-line.js'
import { hasSpent } from '../../store/account/insights.js'
import { inTransaction } from '../../store/base/transaction.js'
import { type LaunchObjectRow, markGone, markStanding, openObjects } from '../../store/launches/launch-objects.js'
import { keepLaunchPlan, setLaunchState } from '../../store/launches/launch-runs.js'
import { findLoadedRule } from '../../store/rules/rules.js'
import { carriedOut } from '../base/carried-out-rule.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { attempt } from '../base/map-errors.js'
import { healthToday } from '../facts/account-health.js'
import { loadSnapshot } from '../guardrails/account-snapshot.js'
import { accountFacts } from '../guardrails/guardrail-facts.js'
import { freshenStructure } from '../sync/fresh-structure.js'
import { layLaunchOver } from './budgets.js'
import type { LaunchReadActivities, LaunchStep, PlannedLaunch, RefusedLaunch } from './contract.js'
import { findMade } from './find-object.js'
import { launchRefusal } from './guardrails.js'
import { readLaunch, readLive } from './read-launch.js'
import { type LaunchRun, readRun } from './run.js'

export const planLaunchRun =
  (dependencies: ActivityDependencies): LaunchReadActivities['planLaunch'] =>
  (of) =>
    attempt(async () => await plan(dependencies, await readRun(dependencies, of)))

async function plan(dependencies: ActivityDependencies, launch: LaunchRun): Promise<PlannedLaunch> {
  const { store, now } = dependencies
  const { run, account } = launch
  const spec = { ...launch.spec, publish: run.publish }
  await setLaunchState(store, run.id, { state: 'running', at: now() })
  if (run.plan !== null) return planned(launch, run.plan)
  const client = dependencies.meta(account)
  for (const row of await openObjects(store, { account: account.name, launch: spec.key })) {
    await settleOpen(dependencies, launch, row)
  }
  const reading = await readLaunch({ store, media: dependencies.media, client }, account, spec)
  if (run.kind === 'apply') {
    const refused =
      (await refuseReplacing(dependencies, launch, reading)) ?? (await refuseByGuardrail(dependencies, launch, reading))
    if (refused !== null) return refused
  }
  await keepLaunchPlan(store, run.id, { media: reading.media, plan: reading.plan, at: now() })
  return planned(launch, reading.plan)
}

function planned({ run, spec }: LaunchRun, { objects, publish }: LaunchPlan): PlannedLaunch {
  const steps = objects.flatMap((one): LaunchStep[] => {
    const { object, action } = one
    const does = action === 'none' && run.overwriteDrift && one.drift.length > 0 ? 'update' : action
    if (does === 'none') return []
    return [{ key: object.key, kind: object.kind, action: does, title: stepTitle(object, does) }]
  })
  const counts = countsInWords(steps.map(({ action }) => action))
  const toPublish = publish.length === 0 ? '' : `, ${publish.length} to set active`
  return {
    kind: 'plan',
    title: oneLine(`${spec.key}: ${counts}${toPublish}`),
    steps,
    publishes: publish.length,
    rollback: run.rollback,
    isPlanOnly: run.kind === 'plan',
  }
}

/** Finds out whether an object that an earlier run began exists at Meta, and records it as existing or absent. */
async function settleOpen(dependencies: ActivityDependencies, { account }: LaunchRun, row: LaunchObjectRow): Promise<void> {
  const { store, now } = dependencies
  const client = dependencies.meta(account)
  const isMedia = row.kind === 'image' || row.kind === 'video'
  // A file whose upload did not finish is not in the account's library.
  const id = isMedia ? null : (row.meta_id ?? (await findMade(dependencies, account, client, row)))
  const live = id === null ? null : await readLive(client, account, { ...row, meta_id: id })
  if (id === null || live === null) await markGone(store, row.id, 'absent', now())
  else await markStanding(store, row, { metaId: id, readBack: live, at: now() })
}

/** Refuses a plan that replaces an object that has spent money or may be spending it. */
async function refuseReplacing(
  { store }: ActivityDependencies,
  { account, spec }: LaunchRun,
  { plan, existing }: LaunchReading,
): Promise<RefusedLaunch | null> {
  for (const { object, action, because } of plan.objects) {
    const old = existing.get(object.key)
    if (action !== 'replace' || old === undefined) continue
    if (object.kind !== 'campaign' && object.kind !== 'adset' && object.kind !== 'ad') continue
    const isPaused = old.live === null || old.live['status'] === 'PAUSED'
    const spent = await hasSpent(store, account.name, object.kind, old.id)
    if (isPaused && old.published !== true && !spent) continue
    const why = because === null ? 'Meta cannot change it in place' : because
    const note = `The ${objectInWords(object)} would have to be replaced (${why}), and it has delivered or may be delivering. Give it another key in ${spec.file}, which creates a new one, and pause the old one (${old.id}) when you are ready.`
    return { kind: 'refused', note, reason: null }
  }
  return null
}

async function refuseByGuardrail(
  dependencies: ActivityDependencies,
  { run, account }: LaunchRun,
  { plan, existing }: LaunchReading,
): Promise<RefusedLaunch | { readonly stopped: string } | null> {
  const { store } = dependencies
  const carried = run.decision === null ? null : await carriedOut(store, run.decision)
  if (carried !== null && (await findLoadedRule(store, carried.rule.id)) === undefined) {
    return { stopped: `${carried.rule.id} is no longer loaded` }
  }
  if (carried === null && plan.publish.length === 0) return null
  await freshenStructure(dependencies, account.name)
  const now = dependencies.now()
  const today = await healthToday(dependencies, account, now)
  return await inTransaction(store, async (transaction) => {
    const snapshot = await loadSnapshot(transaction, account.name, now, null)
    const ids = new Map([...existing].map(([key, { id }]) => [key, id]))
    const entities = layLaunchOver(snapshot, plan, ids)
    const facts = await accountFacts(transaction, account, now, today, null, dependencies.settings().groups, run.id)
    const judged = { account, facts, snapshot, rule: carried?.rule ?? null }
    const refusal = await launchRefusal(transaction, judged, plan, entities)
    if (refusal === null) return null
    const { currency, timezone: zone } = account
    const note = reasonText(refusal.reason, { language: 'en', currency, zone })
    return refusal.guardrail === 'stop' && carried !== null
      ? { stopped: note }
      : { kind: 'refused', note, reason: refusal.reason }
  })
}
