/**
 * What the workflow `launch` may call, by the task queue that runs it. Only keys and names are in Temporal's
 * history: texts, targeting and the bytes of media stay in the store and in the project's folder.
 */

import type { LaunchObjectKind } from '../../engine/launch/launch-object.js'
import type { Reason } from '../../engine/message/reason.js'
import type { Stopped } from '../base/contract.js'
import type { ComposedMessage } from '../messages/contract.js'

/** A run of a launch; the run knows what it launches and how. */
interface LaunchRunInput {
  readonly account: string
  readonly run: string
}

interface LaunchObjectInput extends LaunchRunInput {
  /** `adset/women-25-44` */
  readonly key: string
}

/** Activities that use only the store. */
export interface LaunchStoreActivities {
  /** For a rule's step: stores the run that the workflow then starts. */
  openLaunchStep(input: { decision: string; step: number; run: string }): Promise<OpenedLaunchStep>
  /** Returns the keys of the objects that this run made and can delete again, the last first. */
  planRollback(input: LaunchRunInput): Promise<{ keys: readonly string[] }>
  /** Writes down how it ended; what was set active counts as published from now on. */
  settleLaunch(input: LaunchRunInput & { end: LaunchEnd; note: string }): Promise<void>
  /** Notifies the account's owner how it ended, in their language. */
  composeLaunchNotice(input: LaunchRunInput & { end: LaunchEnd; left: LaunchLeft }): Promise<ComposedMessage>
}

/** Activities that read Meta. */
export interface LaunchReadActivities {
  /** Computes the plan and stores it: a retry uses the stored one. */
  planLaunch(input: LaunchRunInput): Promise<PlannedLaunch>
  /** Fails with the type `not-ready` for as long as Meta is at work on the video. */
  awaitLaunchVideo(input: LaunchObjectInput): Promise<void>
  /** Reads all of it back, asks the guardrails, and writes what is to be set active to the ledger. */
  preparePublish(input: LaunchRunInput): Promise<PreparedPublish>
  /** Writes to the ledger that what this run set active is to be paused again. */
  prepareRepause(input: LaunchRunInput): Promise<{ changes: readonly PublishChange[] }>
}

/** Changes at Meta. Each may be retried after a crash: it first finds out what an earlier try did. */
export interface LaunchMutationActivities {
  uploadLaunchMedia(input: LaunchObjectInput): Promise<ObjectOutcome>
  createLaunchObject(input: LaunchObjectInput): Promise<ObjectOutcome>
  updateLaunchObject(input: LaunchObjectInput): Promise<ObjectOutcome>
  /** Deletes what this run made; what is gone already, or was never made, is fine. */
  rollBackLaunchObject(input: LaunchObjectInput): Promise<{ outcome: 'deleted' | 'absent' | 'in-use' }>
}

export interface ObjectOutcome {
  /** Meta's; an image's hash. */
  readonly id: string
  /** `found`: an earlier try had made it. `unchanged`: it was so already. */
  readonly outcome: 'created' | 'found' | 'changed' | 'unchanged'
}

/** As the column `launch_runs.state` has it. */
export type LaunchEnd = 'done' | 'refused' | 'failed' | 'stopped' | 'rolled-back'

/** The state of what a launch made: `unsure` if something may be active that should not. */
export type LaunchLeft = 'nothing' | 'paused' | 'unsure'

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
      readonly rollback: boolean
      /** Whether the run only plans. */
      readonly isPlanOnly: boolean
    }
  | RefusedLaunch
  | Stopped

/** Nothing, or nothing further, is done; `note` says why. */
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
