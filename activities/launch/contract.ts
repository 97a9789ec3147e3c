/**
 * The activities of the workflow `launch`, by task queue. Temporal's history contains only keys and names: texts and targeting stay in
 * the store, and media in the project's folder.
 */

import type { LaunchObjectKind } from '../../engine/launch/launch-object.js'
import type { Reason } from '../../engine/message/reason.js'
import type { Stopped } from '../base/contract.js'
import type { ComposedMessage } from '../messages/contract.js'

/** A run of a launch. Its row in the store contains the spec's version and the options. */
interface LaunchRunInput {
  readonly account: string
  readonly run: string
}

interface LaunchObjectInput extends LaunchRunInput {
  /** The object's key within the launch, with its kind: `adset/women-25-44`. */
  readonly key: string
}

/** Activities that use only the store. */
export interface LaunchStoreActivities {
  /** Stores the run of a rule's step `launch`, before the workflow starts it. */
  openLaunchStep(input: { decision: string; step: number; run: string }): Promise<OpenedLaunchStep>
  /** Returns the keys of the objects that this run created and may delete, the last one first. */
  planRollback(input: LaunchRunInput): Promise<{ keys: readonly string[] }>
  /** Records how the run ended, and marks the objects that it set active as published. */
  settleLaunch(input: LaunchRunInput & { end: LaunchEnd; note: string }): Promise<void>
  /** Stores a message to the account's owner, in their language, about how the run ended. */
  composeLaunchNotice(input: LaunchRunInput & { end: LaunchEnd; left: LaunchLeft }): Promise<ComposedMessage>
}

/** Activities that read Meta. */
export interface LaunchReadActivities {
  /** Computes the plan and stores it; a retry returns the stored one. */
  planLaunch(input: LaunchRunInput): Promise<PlannedLaunch>
  /** Resolves when Meta has processed the video. Until then it fails with the type `not-ready`, and Temporal's retries poll again. */
  awaitLaunchVideo(input: LaunchObjectInput): Promise<void>
  /** Reads all objects back, checks the guardrails, and writes the changes that set them active to the ledger. */
  preparePublish(input: LaunchRunInput): Promise<PreparedPublish>
  /** Writes changes to the ledger that pause what this run set active. */
  prepareRepause(input: LaunchRunInput): Promise<{ changes: readonly PublishChange[] }>
}

/** Activities that change Meta. Each can be retried after a crash: it first finds out what the earlier attempt did. */
export interface LaunchMutationActivities {
  /** Uploads an image or video. A retry of a video continues after the last chunk that Meta has. */
  uploadLaunchMedia(input: LaunchObjectInput): Promise<ObjectOutcome>
  /** Creates an object, paused, and reads it back. */
  createLaunchObject(input: LaunchObjectInput): Promise<ObjectOutcome>
  /** Sets the fields of an object that changed in the spec and, if the run overwrites drift, those that somebody changed at Meta. */
  updateLaunchObject(input: LaunchObjectInput): Promise<ObjectOutcome>
  /** Deletes an object that this run created. Succeeds if it does not exist. */
  rollBackLaunchObject(input: LaunchObjectInput): Promise<{ outcome: 'deleted' | 'absent' | 'in-use' }>
}

export interface ObjectOutcome {
  /** Meta's id; the hash of an image. */
  readonly id: string
  /** `found`: an earlier attempt created it. `unchanged`: it already had these values. */
  readonly outcome: 'created' | 'found' | 'changed' | 'unchanged'
}

/** The end states of `launch_runs.state`. */
export type LaunchEnd = 'done' | 'refused' | 'failed' | 'stopped' | 'rolled-back'

/**
 * What is left of what a launch created, after it ended early. `changed-since`: all is paused, except for objects whose status somebody
 * changed after the launch had set it. `unsure`: something may be active that should be paused.
 */
export type LaunchLeft = 'nothing' | 'paused' | 'changed-since' | 'unsure'

export interface LaunchStep {
  readonly key: string
  readonly kind: LaunchObjectKind
  readonly action: 'create' | 'update' | 'replace'
  /** `create ad set “Women 25-44”` */
  readonly title: string
}

export type PlannedLaunch =
  | {
      readonly kind: 'plan'
      /** `launch summer-sale: 1 to create, 2 to change`, for Temporal's list. */
      readonly title: string
      readonly steps: readonly LaunchStep[]
      /** How many objects are set active once everything exists. */
      readonly publishes: number
      /** Whether what the run created is deleted if it fails. */
      readonly rollback: boolean
      /** Whether the run only plans. */
      readonly isPlanOnly: boolean
    }
  | RefusedLaunch
  | Stopped

/** Nothing more is done; `note` says why. */
export interface RefusedLaunch {
  readonly kind: 'refused'
  readonly note: string
  readonly reason: Reason | null
}

/** A change in the ledger. */
export interface PublishChange {
  readonly mutation: string
  /** `activate ad set “Women 25-44”` */
  readonly summary: string
}

export type PreparedPublish = { readonly kind: 'publish'; readonly changes: readonly PublishChange[] } | RefusedLaunch | Stopped

type OpenedLaunchStep =
  { readonly kind: 'run'; readonly launch: string; readonly account: string; readonly title: string } | RefusedLaunch | Stopped
