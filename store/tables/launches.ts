/** Launch specs, their runs and what these made at Meta. Conventions as in `../tables.ts`. */

import type { LaunchObjectKind } from '../../engine/launch/launch-object.js'
import type { Publish } from '../../engine/launch/launch-spec.js'

/** Every version of every launch spec that was loaded or applied; `loaded` marks the one that rules launch. */
export interface LaunchTable {
  key: string
  version: string
  /** Of `tetik.yaml`. */
  account: string
  file: string
  spec_text: string
  launch_json: string
  loaded: number
  stored_at: number
}

export const LAUNCH_RUN_STATES = ['planned', 'running', 'done', 'refused', 'failed', 'stopped', 'rolled-back'] as const
export type LaunchRunState = (typeof LAUNCH_RUN_STATES)[number]

/** One time that a launch was planned or applied. */
export interface LaunchRunTable {
  id: string
  account: string
  launch: string
  version: string
  /** `plan` only looks. */
  kind: 'plan' | 'apply'
  publish: Publish
  /** Whether what this run made is deleted again where it cannot be finished. */
  rollback: number
  overwrite_drift: number
  /** A rule's id, or `api:<who>`. */
  made_by: string
  /** Of a rule's step. */
  decision: string | null
  /** Its place in `then`. */
  step: number | null
  /** `[{ "path", "sha256", "bytes" }]` as the files were when it was planned; null before that. */
  media_json: string | null
  /** A `LaunchPlan`; null before it was made. */
  plan_json: string | null
  state: LaunchRunState
  /** Sentences about how it ended. */
  note: string | null
  created_at: number
  updated_at: number
}

/** One thing at Meta, written before it is made, so that trying again finds what was begun. */
export interface LaunchObjectTable {
  /** `<run>/<key>`, the run being the one that began it. */
  id: string
  account: string
  launch: string
  /** `adset/women-25-44`: the identity, whatever the name is. */
  key: string
  kind: LaunchObjectKind
  /** Key of the object that it is in; null for the account itself. */
  parent: string | null
  name: string
  /** The run that made it, as far as is known. */
  run: string
  /**
   * `intended`: nothing was sent. `sent`: it may exist at Meta. `standing`: it exists. `replaced`: another took its place, and it
   * still exists. `deleted`: by a rollback. `absent`: it was never made, or is gone at Meta.
   */
  state: 'intended' | 'sent' | 'standing' | 'replaced' | 'deleted' | 'absent'
  /** An image's hash, a video's id as soon as its upload began. */
  meta_id: string | null
  /** What is set, or is to be, in the form of `LaunchObject.fields`. */
  fields_json: string
  /** As Meta answered after it was last set. */
  read_back_json: string | null
  /** How far a video's upload has come. */
  upload_json: string | null
  /** When the first try began: what Meta has from before is not ours. */
  attempted_at: number
  /** When a create call last left; null before. */
  sent_at: number | null
  /** When it was set active by us, once; what somebody paused since is not revived. */
  published_at: number | null
  error_json: string | null
  updated_at: number
}
