/** The values that an approval depends on: when it is given, they must be what they were when it was asked for. */

import { encodeValue, type LedgerField, valueOf } from '../../engine/change/ledger-value.js'
import type { Step } from '../../engine/rule/rule.js'
import { fieldsOf } from '../../engine/rule/state/claim.js'
import type { ClaimField } from '../../engine/rule/steps/definition.js'
import { type Entity, type EntityLevel, findEntity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import type { DecisionRow } from '../../store/decisions/decisions.js'
import { findLoadedLaunch } from '../../store/launches/launches.js'

/** Encoded values by `<level>/<id>/<field>`; for a launch, whose spec may change in the meantime, by `launch/<key>/version`. */
export type ApprovedValues = Readonly<Record<string, string | null>>

const LAUNCH = 'launch'

/** What a step that claims a field may change, of the entity itself and of its parents. */
const FIELDS: Readonly<Record<ClaimField, { readonly own: readonly LedgerField[]; readonly above: readonly LedgerField[] }>> = {
  status: { own: ['status'], above: [] },
  budget: { own: ['daily_budget', 'lifetime_budget'], above: ['daily_budget', 'lifetime_budget'] },
  bid: { own: ['bid_amount'], above: [] },
  name: { own: ['name'], above: [] },
  labels: { own: ['labels'], above: [] },
}

/** Reads from the store the values that these steps may change; empty if they change nothing. */
export async function approvedValues(store: Store, decision: DecisionRow, steps: readonly Step[]): Promise<ApprovedValues> {
  const launches = steps.flatMap((step) => (step.kind === 'launch' ? [step.key] : []))
  return { ...(await entityValues(store, decision, steps)), ...(await launchVersions(store, launches)) }
}

/** The loaded version of each launch; null for a launch that was removed. */
async function launchVersions(store: Store, keys: readonly string[]): Promise<ApprovedValues> {
  const versions: Record<string, string | null> = {}
  for (const key of keys) versions[`${LAUNCH}/${key}/version`] = (await findLoadedLaunch(store, key))?.spec.version ?? null
  return versions
}

/** Returns the key of the first launch whose spec has changed since it was asked about; null if none has. */
export async function changedLaunch(store: Store, values: ApprovedValues): Promise<string | null> {
  const keys = Object.keys(values).flatMap((key) => (key.startsWith(`${LAUNCH}/`) ? [key.split('/')[1]!] : []))
  const now = await launchVersions(store, keys)
  return (
    Object.keys(now)
      .find((key) => now[key] !== values[key])
      ?.split('/')[1] ?? null
  )
}

async function entityValues(store: Store, decision: DecisionRow, steps: readonly Step[]): Promise<ApprovedValues> {
  const level = levelOf(decision.scope)
  if (level === null) return {}
  const entity = await findEntity(store, level, decision.entity_id ?? decision.entity_key)
  if (entity === undefined) return {}
  const values: Record<string, string | null> = {}
  const keep = (of: Entity, fields: readonly LedgerField[]): void => {
    for (const field of fields) values[`${of.level}/${of.id}/${field}`] = encodeValue(valueOf(of, field)) || null
  }
  for (const claimed of fieldsOf({ then: steps })) {
    const fields = FIELDS[claimed]
    keep(entity, fields.own)
    if (fields.above.length === 0) continue
    for (const above of await aboveOf(store, entity)) keep(above, fields.above)
  }
  return values
}

async function aboveOf(store: Store, entity: Entity): Promise<Entity[]> {
  const ids: [EntityLevel, string | null][] = [
    ['adset', entity.level === 'ad' ? entity.adsetId : null],
    ['campaign', entity.level === 'campaign' ? null : entity.campaignId],
  ]
  const found: Entity[] = []
  for (const [level, id] of ids) {
    const above = id === null ? undefined : await findEntity(store, level, id)
    if (above !== undefined) found.push(above)
  }
  return found
}

/** Returns the entities that these values belong to. */
export const entitiesOfValues = (values: ApprovedValues): { readonly level: EntityLevel; readonly id: string }[] => {
  const own = Object.keys(values).filter((key) => !key.startsWith(`${LAUNCH}/`))
  const places = new Set(own.map((key) => key.split('/').slice(0, 2).join('/')))
  return [...places].map((place) => {
    const [level, id] = place.split('/') as [EntityLevel, string]
    return { level, id }
  })
}

const levelOf = (scope: string): EntityLevel | null =>
  scope === 'campaign' || scope === 'adset' || scope === 'ad' ? scope : null
