/**
 * The client of Meta's Marketing API. Each method is one question or one change (lists: one request a page); nothing is
 * tried twice, since Temporal counts and shows the attempts. All of them throw `MetaError` and nothing else.
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
  /** Reads the object's current state at Meta, before a change and after it. `not-found` if it does not exist or is not accessible. */
  readEntity(level: 'campaign', id: string, options?: CallOptions): Promise<MetaCampaign>
  readEntity(level: 'adset', id: string, options?: CallOptions): Promise<MetaAdset>
  readEntity(level: 'ad', id: string, options?: CallOptions): Promise<MetaAd>
  readEntity(level: Level, id: string, options?: CallOptions): Promise<MetaNode>

  /** Rows at once. `too-much-data` asks for a report in their place, or for fewer days. */
  readInsights(request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /** `too-much-data` asks for fewer days. */
  startInsightsReport(request: InsightsRequest | ReachRequest, options?: CallOptions): Promise<string>
  readReportStatus(reportRunId: string, options?: CallOptions): Promise<ReportStatus>
  /** The rows of a report that has completed; `request` is the one it was started with. */
  readReportRows(reportRunId: string, request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /**
   * One poll: the rows when the report has completed, else `not-ready` (poll again), `too-much-data` (ask for less), or
   * `report-failed` (start a new one).
   */
  pollReport(reportRunId: string, request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /** As `pollReport`, of a report of reach. */
  pollReachReport(reportRunId: string, request: ReachRequest, options?: ListOptions): Promise<readonly ReachRow[]>
  /** Reach and frequency of one window, one row an entity with delivery. */
  readReach(request: ReachRequest, options?: ListOptions): Promise<readonly ReachRow[]>

  /** Returns when Meta says done. `unknown-outcome` means: read the entity before anything else. */
  updateStatus(id: string, status: SettableStatus, options?: CallOptions): Promise<void>
  /** As `updateStatus`. */
  updateBudget(id: string, budget: BudgetUpdate, options?: CallOptions): Promise<void>
  /** Of an ad set whose bid strategy has a bid amount, in minor units. As `updateStatus`. */
  updateBid(id: string, bidAmount: number, options?: CallOptions): Promise<void>
  /** 1 to 400 characters. As `updateStatus`. */
  rename(id: string, name: string, options?: CallOptions): Promise<void>
  /** Sets all labels of an object by their names; one that the account does not know is made. As `updateStatus`. */
  setLabels(id: string, labels: readonly string[], options?: CallOptions): Promise<void>
  /**
   * Copies the object alone, paused, without its ad sets or ads: Meta copies at most three objects in one call, and its
   * asynchronous calls are closed to new apps. Creating is not idempotent: after `unknown-outcome` look among `listCopies` for
   * the name, or among `listParts` of `into` for the source, before anything else.
   *
   * @returns the copy's id
   */
  copy(source: CopyRequest, options?: CallOptions): Promise<string>
  /** Lists the copies of an object that are not deleted, regardless of who made them. */
  listCopies(level: Level, id: string, options?: ListOptions): Promise<readonly MetaNode[]>
  /** The ad sets of a campaign, or the ads of an ad set; the deleted and archived are left out. The oldest first. */
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
   * Creating is not idempotent: after `unknown-outcome`, and after any error with `mayHaveBeenCarriedOut`, look with
   * `findCreated` for what this call may have made before anything else. `status` is one of the fields: without it Meta makes
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
   * The fields that can be set, named and shaped as `createObject` takes them (money as minor units in text, instants as Meta
   * writes them, an ad's creative as `{ creative_id }`), and `id`, `status`, `effective_status`, `issues_info`,
   * `created_time` where Meta gives them. A field without a value is absent. Null if it does not exist, is not
   * accessible, or is deleted.
   */
  readObject(kind: CreatableKind, id: string, options?: CallOptions): Promise<Readonly<Record<string, Json>> | null>
  /** Sets these fields and no others; a nested one as a whole. As `updateStatus`. */
  updateObject(id: string, fields: ObjectFields, options?: CallOptions): Promise<void>
  /** Also deletes what is in it. `not-found` if it does not exist. As `updateStatus`. */
  deleteObject(id: string, options?: CallOptions): Promise<void>

  /** Uploading the same bytes again is harmless: they are the same image, under the same hash. */
  uploadImage(accountId: string, file: MediaFile, options?: CallOptions): Promise<UploadedImage>
  /** Null if the account has no such image, or it is deleted. */
  findImage(accountId: string, hash: string, options?: CallOptions): Promise<AccountImage | null>
  /** Creates a video without bytes. One that is never finished is in no library and harmless. */
  startVideoUpload(accountId: string, file: { readonly bytes: number }, options?: CallOptions): Promise<VideoUpload>
  /**
   * Sends the bytes that Meta said it wants. Sending them again after any error is harmless: Meta then says where to continue
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
