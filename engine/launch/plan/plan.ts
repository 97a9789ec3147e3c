/** Computes what applying a launch would do, from its objects and those that exist at Meta. */

import { canonical } from '../canonical.js'
import type { Json, JsonObject } from '../json.js'
import type { LaunchObject, LaunchObjectKind } from '../launch-object.js'
import type { ExistingObject, FieldChange, FieldDrift, LaunchPlan, PlannedAction, PlannedObject } from '../launch-plan.js'
import type { Publish } from '../launch-spec.js'
import { changeInPlace } from '../meta/updatable-fields.js'
import { type Ref, refsIn, resolveRefs } from '../refs.js'
import { isSame, isThere } from './same-at-meta.js'

/**
 * Returns the plan. It never deletes an object that was removed from the file, and never overwrites a field that somebody changed at
 * Meta unless the field changed in the file too.
 *
 * @param objects of `objectsOf`
 * @param existing the objects that the launch created before, by key
 */
export function planLaunch(
  objects: readonly LaunchObject[],
  existing: ReadonlyMap<string, ExistingObject>,
  publish: Publish = 'paused',
): LaunchPlan {
  const planning = new Planning(existing)
  const planned = objects.map((object) => planning.plan(object))
  const keys = new Set(objects.map(({ key }) => key))
  const leftAlone = [...existing].filter(([key, { live }]) => !keys.has(key) && live !== null).map(([key]) => key)
  return { objects: planned, leftAlone, publish: publish === 'active' ? toPublish(planned, existing) : [] }
}

/** Returns the fields whose values at Meta differ from those that were set. Unresolved references match any value. */
export const differencesAtMeta = (kind: LaunchObjectKind, fields: JsonObject, live: JsonObject): readonly FieldDrift[] =>
  Object.entries(fields)
    .filter(([field, set]) => live[field] !== undefined && !isThere(set, live[field], kind === 'creative'))
    .map(([field, applied]) => ({ field, applied, live: live[field] ?? null }))

class Planning {
  readonly #actions = new Map<string, { readonly action: PlannedAction; readonly kind: LaunchObjectKind }>()

  constructor(private readonly existing: ReadonlyMap<string, ExistingObject>) {}

  plan(object: LaunchObject): PlannedObject {
    const planned = this.#planned(object)
    this.#actions.set(object.key, { action: planned.action, kind: object.kind })
    return planned
  }

  #planned(object: LaunchObject): PlannedObject {
    const current = this.existing.get(object.key)
    const planned = { object, changes: [], drift: [], because: null } as const
    if (current === undefined) return { ...planned, action: 'create' }
    if (current.live === null) return { ...planned, action: 'create', because: 'it no longer exists at Meta' }
    const drift = this.#driftOf(object, current, current.live)
    const differing = this.#changesOf(object, current, current.live)
    const changes: FieldChange[] = []
    const kept: string[] = []
    let because: string | null = null
    for (const { field, before, after } of differing) {
      const change = changeInPlace(object.kind, field, before, after)
      if (change.kind === 'kept') {
        if (!change.silent) kept.push(field)
        continue
      }
      if (change.kind === 'replace') because ??= change.because
      changes.push({ field, before: before ?? null, after: change.kind === 'update' ? change.after : (after ?? null) })
    }
    if (object.parent !== null && this.#isReplaced(object.parent)) {
      because = `its parent (${object.parent}) is created again`
      return { object, action: 'replace', changes, drift, because }
    }
    if (because !== null) return { object, action: 'replace', changes, drift, because }
    const note = kept.length === 0 ? null : `Meta cannot remove ${kept.join(' and ')}, which the file no longer has`
    return { object, action: changes.length > 0 ? 'update' : 'none', changes, drift, because: note }
  }

  #isReplaced(key: string): boolean {
    const action = this.#actions.get(key)?.action
    return action === 'create' || action === 'replace'
  }

  /** Whether the object of a reference will get a new id. An image that is uploaded again keeps its hash. */
  #getsNewId({ key }: Ref): boolean {
    const { action, kind } = this.#actions.get(key) ?? {}
    return action === 'replace' || (action === 'create' && kind !== 'image')
  }

  #resolve(value: Json): Json {
    return resolveRefs(value, ({ kind, key }) => (kind === '$thumbnail' ? null : (this.existing.get(key)?.id ?? null)))
  }

  #changesOf(
    { fields }: LaunchObject,
    { applied, readBack }: ExistingObject,
    live: JsonObject,
  ): readonly { field: string; before: Json | undefined; after: Json | undefined }[] {
    const all = [...new Set([...Object.keys(fields), ...Object.keys(applied)])]
    return all.flatMap((field) => {
      const [before, after] = [applied[field], fields[field]]
      const refs = after === undefined ? [] : refsIn(after)
      if (refs.some((ref) => this.#getsNewId(ref)))
        return [{ field, before: before === undefined ? before : this.#resolve(before), after }]
      if (canonical(before) !== canonical(after)) {
        // Somebody may have made the same change by hand.
        const alreadySo = after !== undefined && live[field] !== undefined && isSame(this.#resolve(after), live[field])
        return alreadySo ? [] : [{ field, before, after }]
      }
      // An earlier run replaced the object of the reference, and ended before it updated this field.
      const unfinished =
        refs.some(({ kind }) => kind === '$id') &&
        live[field] !== undefined &&
        !isThere(this.#resolve(after!), live[field]) &&
        readBack?.[field] !== undefined &&
        isSame(readBack[field], live[field])
      return unfinished ? [{ field, before: live[field], after }] : []
    })
  }

  #driftOf(object: LaunchObject, existing: ExistingObject, live: JsonObject): readonly FieldDrift[] {
    const { applied, readBack } = existing
    const added = readBack == null ? [] : Object.keys({ ...live, ...readBack }).filter((field) => isAddition(field, applied))
    return [...Object.keys(applied), ...added].flatMap((field) => {
      const now = live[field]
      const expected = this.#resolve(applied[field] ?? null)
      if (!hasDrifted(expected, now, { kind: object.kind, then: readBack?.[field], isAdded: !(field in applied) })) return []
      const wanted = object.fields[field]
      if (wanted !== undefined && now !== undefined && isSame(this.#resolve(wanted), now)) return []
      return [{ field, applied: expected, live: now ?? null }]
    })
  }
}

interface DriftQuestion {
  readonly kind: LaunchObjectKind
  /** What Meta had right after tetik last set it. */
  readonly then: Json | undefined
  /** Whether tetik never set the field. */
  readonly isAdded: boolean
}

function hasDrifted(expected: Json, now: Json | undefined, { kind, then, isAdded }: DriftQuestion): boolean {
  if (then !== undefined || isAdded) return !isSame(then, now)
  return now !== undefined && !isThere(expected, now, kind === 'creative')
}

/** Fields that Meta sets itself on every object. */
const OF_META = 'id status effective_status configured_status issues_info created_time updated_time'.split(' ')

const isAddition = (field: string, applied: JsonObject): boolean => !(field in applied) && !OF_META.includes(field)

/** Returns the keys to set active: ads first and the campaign last, so that nothing delivers before everything is active. */
function toPublish(planned: readonly PlannedObject[], existing: ReadonlyMap<string, ExistingObject>): readonly string[] {
  const waiting = planned.filter(({ object, action }) => {
    if (action === 'create' || action === 'replace') return true
    const current = existing.get(object.key)
    return current?.published !== true && current?.live?.['status'] !== 'ACTIVE'
  })
  return (['ad', 'adset', 'campaign'] as const).flatMap((kind) =>
    waiting.filter(({ object }) => object.kind === kind).map(({ object }) => object.key),
  )
}
