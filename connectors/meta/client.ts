/**
 * The client of Meta's Marketing API. Each method sends one read or one change (lists: one request per page) and never retries,
 * since Temporal does that and shows the attempts. All methods throw only `MetaError`.
 */

import type { HeldBudget } from '../../engine/change/budget.js'
import type { Json } from '../json.js'
import type { CallOptions, ConnectorOptions } from '../options.js'
import type { MetaActivity } from './activities.js'
import type { MetaAdRule } from './ad-rules.js'
import type { CountedCall } from './call-kind.js'
import type { InsightsRequest, InsightsRow, ReachRequest, ReachRow, ReportStatus } from './insights.js'
import type {
  AccountImage,
  CreatableKind,
  CreatedObject,
  CreatedQuery,
  MediaFile,
  ObjectFields,
  TransferredChunk,
  UploadedImage,
  VideoChunk,
  VideoStatus,
  VideoUpload,
} from './launch-object.js'
import type {
  AdPicture,
  Level,
  MetaAccount,
  MetaAd,
  MetaAdset,
  MetaCampaign,
  MetaNode,
  MinimumBudget,
  SettableStatus,
} from './node.js'
import type { Usage } from './usage.js'

export interface MetaClientOptions extends ConnectorOptions {
  /** If given, every call has an `appsecret_proof`. */
  readonly appSecret?: string | undefined
  /** Called after every call that was sent. */
  readonly onCall?: ((call: CountedCall) => void) | undefined
  /** Called with the usage headers of each answer. */
  readonly onUsage?: ((usage: Usage) => void) | undefined
  /** Where videos are uploaded. Default: `https://graph-video.facebook.com` for Meta's own host, else `baseUrl`. */
  readonly videoBaseUrl?: string | undefined
}

export interface ListOptions extends CallOptions {
  /** Default: Meta's own, which leaves out deleted and archived objects. */
  readonly effectiveStatus?: readonly string[] | undefined
  /**
   * Rows per page. A caller that sets it must retry with a smaller page after a `page-too-large` error. If it is not set, such an
   * answer is `temporarily-unavailable`, because Meta's code is the same. `listCopies`, `listParts` and `listActivities` make
   * their pages smaller themselves.
   */
  readonly page?: number | undefined
  /** Called after each page with the number of rows so far: the place for a heartbeat. */
  readonly onPage?: ((rows: number) => void) | undefined
}

/** In minor units. A lifetime budget is changed as a lifetime budget. */
type BudgetUpdate = Pick<HeldBudget, 'field' | 'amount'>

export interface CopyRequest {
  readonly level: Level
  readonly id: string
  /** Appended to the copy's name, to distinguish it from every other copy; null for the source's name. */
  readonly suffix: string | null
  /** The campaign of a copied ad set, the ad set of a copied ad. Default: the source's. */
  readonly into?: string | undefined
}

/** An ad set of a campaign, or an ad of an ad set. */
export interface MetaPart {
  readonly level: 'adset' | 'ad'
  readonly id: string
  readonly name: string
  /** Id of the object that it was copied from; null if it is not a copy. */
  readonly source: string | null
}

/** One client per ad account and token, because it holds that account's rate limits. */
export interface MetaClient {
  /** Graph API version, `v27.0`. Meta's defaults depend on it. */
  readonly version: string
  readAccount(accountId: string, options?: CallOptions): Promise<MetaAccount>
  listCampaigns(accountId: string, options?: ListOptions): Promise<readonly MetaCampaign[]>
  listAdsets(accountId: string, options?: ListOptions): Promise<readonly MetaAdset[]>
  listAds(accountId: string, options?: ListOptions): Promise<readonly MetaAd[]>
  listAdPictures(accountId: string, options?: ListOptions): Promise<readonly AdPicture[]>
  /** Reads an object's current state, before a change and after it. `not-found` if it does not exist or is not accessible. */
  readEntity(level: 'campaign', id: string, options?: CallOptions): Promise<MetaCampaign>
  readEntity(level: 'adset', id: string, options?: CallOptions): Promise<MetaAdset>
  readEntity(level: 'ad', id: string, options?: CallOptions): Promise<MetaAd>
  readEntity(level: Level, id: string, options?: CallOptions): Promise<MetaNode>

  /** Reads rows directly. After `too-much-data`, start a report instead or ask for fewer days. */
  readInsights(request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /** Starts a report and returns its id. After `too-much-data`, ask for fewer days. */
  startInsightsReport(request: InsightsRequest | ReachRequest, options?: CallOptions): Promise<string>
  readReportStatus(reportRunId: string, options?: CallOptions): Promise<ReportStatus>
  /** Reads the rows of a completed report; `request` is the one that it was started with. */
  readReportRows(reportRunId: string, request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /**
   * Polls a report once: returns the rows if it is completed; throws `not-ready` (poll again), `too-much-data` (ask for less), or
   * `report-failed` (start a new one).
   */
  pollReport(reportRunId: string, request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /** The same as `pollReport` for a report of reach. */
  pollReachReport(reportRunId: string, request: ReachRequest, options?: ListOptions): Promise<readonly ReachRow[]>
  /** Reads reach and frequency of one window, one row for each entity with delivery. */
  readReach(request: ReachRequest, options?: ListOptions): Promise<readonly ReachRow[]>

  /** Sets the status; returns when Meta confirms it. After `unknown-outcome`, read the entity before anything else. */
  updateStatus(id: string, status: SettableStatus, options?: CallOptions): Promise<void>
  /** As `updateStatus`. */
  updateBudget(id: string, budget: BudgetUpdate, options?: CallOptions): Promise<void>
  /** Sets the bid, in minor units, of an ad set whose bid strategy has a bid amount. As `updateStatus`. */
  updateBid(id: string, bidAmount: number, options?: CallOptions): Promise<void>
  /** Sets the name, of 1 to 400 characters. As `updateStatus`. */
  rename(id: string, name: string, options?: CallOptions): Promise<void>
  /** Replaces all labels of an object, by their names; a label that the account does not have is created. As `updateStatus`. */
  setLabels(id: string, labels: readonly string[], options?: CallOptions): Promise<void>
  /**
   * Copies only the object itself, paused, without its ad sets or ads: Meta copies at most three objects in one call, and new
   * apps cannot use its asynchronous calls. Copying is not idempotent: after `unknown-outcome`, look for the name in
   * `listCopies`, or for the source in `listParts` of `into`, before anything else.
   *
   * @returns the copy's id
   */
  copy(source: CopyRequest, options?: CallOptions): Promise<string>
  /** Lists the copies of an object that are not deleted, regardless of who made them. */
  listCopies(level: Level, id: string, options?: ListOptions): Promise<readonly MetaNode[]>
  /** Lists the ad sets of a campaign, or the ads of an ad set, the oldest first; without deleted and archived ones. */
  listParts(level: 'campaign' | 'adset', id: string, options?: ListOptions): Promise<readonly MetaPart[]>
  readMinimumBudgets(accountId: string, options?: CallOptions): Promise<readonly MinimumBudget[]>
  /** Lists edits by anyone, newest first, from `since` (inclusive) to `until` (exclusive). Epoch milliseconds. */
  listActivities(
    accountId: string,
    time: { readonly since: number; readonly until: number },
    options?: ListOptions,
  ): Promise<readonly MetaActivity[]>
  /** Lists the account's automated rules, made in Ads Manager or by the API. */
  listAdRules(accountId: string, options?: ListOptions): Promise<readonly MetaAdRule[]>

  /**
   * Creates an object. This is not idempotent: after `unknown-outcome`, and after any error with `mayHaveBeenCarriedOut`, first
   * use `findCreated` to look for what this call may have created. `status` should be among the fields: without it Meta creates
   * the object active.
   */
  createObject(
    accountId: string,
    kind: CreatableKind,
    fields: ObjectFields,
    options?: CallOptions,
  ): Promise<{ readonly id: string }>
  /** Checks whether Meta would accept the object (`validate_only`); creates nothing. Its parent must exist. */
  validateObject(accountId: string, kind: CreatableKind, fields: ObjectFields, options?: CallOptions): Promise<void>
  /**
   * Lists the objects with exactly this name and parent that anyone created since; deleted and archived ones are left out. For a
   * creative `createdAt` is null and `createdAfter` has no effect, because Meta stores no creation time: give it a unique name.
   */
  findCreated(
    accountId: string,
    kind: CreatableKind,
    query: CreatedQuery,
    options?: ListOptions,
  ): Promise<readonly CreatedObject[]>
  /**
   * Reads the fields that can be set, in the form that `createObject` takes (money as minor units in text, instants as Meta
   * writes them, an ad's creative as `{ creative_id }`), and `id`, `status`, `effective_status`, `issues_info`, `created_time` if
   * Meta gives them. A field without a value is absent. Null if the object does not exist, is not accessible, or is deleted.
   */
  readObject(kind: CreatableKind, id: string, options?: CallOptions): Promise<Readonly<Record<string, Json>> | null>
  /** Sets only these fields; a nested field is replaced as a whole. As `updateStatus`. */
  updateObject(id: string, fields: ObjectFields, options?: CallOptions): Promise<void>
  /** Deletes an object and everything in it. `not-found` if it does not exist. As `updateStatus`. */
  deleteObject(id: string, options?: CallOptions): Promise<void>

  /** Uploads an image. Uploading the same bytes again is harmless: it gives the same image with the same hash. */
  uploadImage(accountId: string, file: MediaFile, options?: CallOptions): Promise<UploadedImage>
  /** Null if the account has no such image, or it is deleted. */
  findImage(accountId: string, hash: string, options?: CallOptions): Promise<AccountImage | null>
  /** Creates a video without content. If it is never finished, it does not appear in any library. */
  startVideoUpload(accountId: string, file: { readonly bytes: number }, options?: CallOptions): Promise<VideoUpload>
  /**
   * Sends the bytes that Meta expects. Sending them again after an error is harmless: Meta then says where to continue
   * (`taken: false`). A caller that loops must give up if `start` does not advance.
   */
  transferVideoChunk(accountId: string, chunk: VideoChunk, options?: CallOptions): Promise<TransferredChunk>
  /** Call it after the last byte. `readVideoStatus` then shows whether it succeeded. */
  finishVideoUpload(
    accountId: string,
    upload: { readonly session: string; readonly title: string },
    options?: CallOptions,
  ): Promise<void>
  /** `not-found` if there is no such video. */
  readVideoStatus(videoId: string, options?: CallOptions): Promise<VideoStatus>
  /** Returns the URL of the preferred thumbnail of a ready video; null while there is none. */
  videoThumbnail(videoId: string, options?: CallOptions): Promise<string | null>

  /** Closes the connection pool after the calls in progress. */
  close(): Promise<void>
}
