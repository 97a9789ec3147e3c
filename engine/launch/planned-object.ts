/** The objects of a launch at Meta, and what applying it would do. */

import type { Json, JsonObject } from './json.js'
import type { LaunchObject } from './launch-object.js'

/** What tetik made or took over, by the key of its `LaunchObject`. */
export interface StandingObject {
  /** Meta's; the hash for an image. */
  readonly id: string
  /** `fields` of the `LaunchObject` as tetik last set them, with `$id`, `$hash` and `$thumbnail` as written there. */
  readonly applied: JsonObject
  /** As Meta has it now; null: gone there. Fields that were not asked for are absent. */
  readonly live: JsonObject | null
  /** As Meta had it when tetik had last set it: with it, what was added outside is seen as well. */
  readonly readBack?: JsonObject | null
  /** Whether tetik set it active once: what somebody paused since is not revived. */
  readonly published?: boolean
}

/** `none` where nothing is to be done, `replace` where Meta cannot change it in place. */
export type PlannedAction = 'create' | 'update' | 'replace' | 'none'

export interface PlannedObject {
  readonly object: LaunchObject
  readonly action: PlannedAction
  /** What the file changed since it was last applied, by top-level field; empty for `create`. */
  readonly changes: readonly FieldChange[]
  /** What somebody changed at Meta since. Applying leaves it alone unless `changes` has the field too. */
  readonly drift: readonly FieldDrift[]
  /** Why it is created again or replaced, in one sentence without a full stop. */
  readonly because: string | null
}

export interface FieldChange {
  readonly field: string
  readonly before: Json | null
  /** Null where the file no longer has it. */
  readonly after: Json
}

export interface FieldDrift {
  readonly field: string
  readonly applied: Json
  /** Null where Meta has nothing there. */
  readonly live: Json
}

export interface LaunchPlan {
  /** In the order in which they are made. */
  readonly objects: readonly PlannedObject[]
  /** Keys of objects that exist and are no longer in the file: never deleted. */
  readonly leftAlone: readonly string[]
  /** Keys of objects that are set active once everything exists: ads, then ad sets, the campaign last. */
  readonly publish: readonly string[]
}
