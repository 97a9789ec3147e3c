/** The plan of a launch: what applying its spec would do, given the objects that exist at Meta. */

import type { Json, JsonObject } from './json.js'
import type { LaunchMedia, LaunchObject } from './launch-object.js'
import type { LaunchSpec } from './launch-spec.js'

/** An object that a launch created at Meta, as stored and as read from Meta. */
export interface ExistingObject {
  /** Meta's id; the hash for an image. */
  readonly id: string
  /** `fields` of the `LaunchObject` as tetik last set them, references included. */
  readonly applied: JsonObject
  /** The object as Meta has it now; null if it no longer exists there. Fields that were not requested are absent. */
  readonly live: JsonObject | null
  /** The object as Meta had it right after tetik last set it; shows which fields were added outside since. */
  readonly readBack?: JsonObject | null
  /** Whether tetik has set it active. It does so only once: somebody may have paused it since. */
  readonly published?: boolean
}

/** `replace`: Meta cannot change it in place, so a new object is created. `none`: nothing to do. */
export type PlannedAction = 'create' | 'update' | 'replace' | 'none'

export interface PlannedObject {
  readonly object: LaunchObject
  readonly action: PlannedAction
  /** What changed in the file since it was last applied, by top-level field; empty for `create`. */
  readonly changes: readonly FieldChange[]
  /** What somebody changed at Meta since. Applying overwrites it only if `changes` contains the field too. */
  readonly drift: readonly FieldDrift[]
  /** Why it is created again or replaced, or what Meta cannot remove: one sentence without a full stop. */
  readonly because: string | null
}

export interface FieldChange {
  readonly field: string
  readonly before: Json | null
  /** Null if the file no longer has the field. */
  readonly after: Json
}

export interface FieldDrift {
  readonly field: string
  readonly applied: Json
  /** Null if Meta has no value. */
  readonly live: Json
}

export interface LaunchPlan {
  /** In the order of creation. */
  readonly objects: readonly PlannedObject[]
  /** Keys of objects that exist but are no longer in the file. They are never deleted. */
  readonly leftAlone: readonly string[]
  /** Keys of objects to set active once everything exists: ads, then ad sets, the campaign last. */
  readonly publish: readonly string[]
}

/** A plan with what it was computed from. */
export interface LaunchReading {
  readonly spec: LaunchSpec
  readonly plan: LaunchPlan
  readonly media: readonly LaunchMedia[]
  /** By key of the object. */
  readonly existing: ReadonlyMap<string, ExistingObject>
  /** Keys of objects whose create call was sent without a known answer. Applying first finds out whether they exist. */
  readonly unanswered: readonly string[]
}
