/** Launch specs, their runs, and the objects that these created at Meta. Conventions as in `./tables.ts`. */

import type { LaunchObjectKind } from '../../engine/launch/launch-object.js'
import type { Publish } from '../../engine/launch/launch-spec.js'

/** Every version of every launch spec that was loaded or applied; `loaded` marks the one that rules launch. */
export interface LaunchTable {
  key: string
  version: string
  /** The account's name in `tetik.yaml`. */
  account: string
  file: string
  spec_text: string
  launch_json: string
  loaded: number
  stored_at: number
}

export const LAUNCH_RUN_STATES = ['planned', 'running', 'done', 'refused', 'failed', 'stopped', 'rolled-back'] as const
export type LaunchRunState = (typeof LAUNCH_RUN_STATES)[number]

/** One run, in which a launch was planned or applied. */
export interface LaunchRunTable {
  id: string
  account: string
  launch: string
  version: string
  /** `plan` changes nothing. */
  kind: 'plan' | 'apply'
  publish: Publish
  /** Whether the objects that this run created are deleted if it cannot be completed. */
  rollback: number
  overwrite_drift: number
  /** A rule's id, or `api:<who>`. */
  made_by: string
  /** The decision whose step started it; null for others. */
  decision: string | null
  /** The index of that step in `then`. */
  step: number | null
  /** The media files as planned, `[{ "path", "sha256", "bytes" }]`; null until then. */
  media_json: string | null
  /** A `LaunchPlan`; null until it is computed. */
  plan_json: string | null
  state: LaunchRunState
  /** Sentences about how it ended. */
  note: string | null
  created_at: number
  updated_at: number
}

/** An object of a launch. Its row is written before the create call, so that a retry knows what an earlier attempt began. */
export interface LaunchObjectTable {
  /** `<run>/<key>`, with the run that began it. */
  id: string
  account: string
  launch: string
  /** `adset/women-25-44`: identifies the object, whatever its name is. */
  key: string
  kind: LaunchObjectKind
  /** Key of its parent; null if that is the account itself. */
  parent: string | null
  name: string
  /** The run that began it. */
  run: string
  /**
   * `intended`: nothing was sent. `sent`: it may exist at Meta. `standing`: it exists. `replaced`: another object replaced it, but
   * it still exists. `deleted`: a rollback deleted it. `absent`: it was never created, or no longer exists.
   */
  state: 'intended' | 'sent' | 'standing' | 'replaced' | 'deleted' | 'absent'
  /** Meta's id; for an image its hash, for a video its id as soon as the upload began. */
  meta_id: string | null
  /** The fields that are set, or are to be set, in the form of `LaunchObject.fields`. */
  fields_json: string
  /** Meta's answer after they were last set. */
  read_back_json: string | null
  /** The progress of a video's upload. */
  upload_json: string | null
  /** When the first attempt began: older objects at Meta are not ours. */
  attempted_at: number
  /** When a create call was last sent; null before the first. */
  sent_at: number | null
  /** When we set it active. This happens once: an object that somebody has paused since is not started again. */
  published_at: number | null
  error_json: string | null
  updated_at: number
}
