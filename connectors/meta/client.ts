/**
 * The client of Meta's Marketing API. Each method is one question or one change (lists: one request a page); nothing is
 * tried twice, since Temporal counts and shows the attempts. All of them throw `MetaError` and nothing else.
 */

import type { CallOptions, ConnectorOptions } from '../options.js'
import type { InsightsAnswer, InsightsRequest, InsightsRow, ReachRequest, ReachRow, ReportStatus } from './insights.js'
import type { MetaAdRule } from './ad-rules.js'
import type { Level, MetaAccount, MetaAd, MetaAdset, MetaCampaign, MetaNode, MinimumBudget, SettableStatus } from './node.js'
import type { Usage } from './usage.js'

export interface MetaClientOptions extends ConnectorOptions {
  /** With it every call carries `appsecret_proof`. */
  readonly appSecret?: string | undefined
  /** Told what each answer's usage headers say. */
  readonly onUsage?: ((usage: Usage) => void) | undefined
}

export interface ListOptions extends CallOptions {
  /** Default: all that Meta lists unasked, which leaves out the deleted and archived. */
  readonly effectiveStatus?: readonly string[] | undefined
  /** Called after each page with the number of rows so far: the place for a heartbeat. */
  readonly onPage?: ((rows: number) => void) | undefined
}

/** Exactly one of the two, in minor units. A lifetime budget is changed as a lifetime budget. */
export type BudgetUpdate = { readonly daily_budget: number } | { readonly lifetime_budget: number }

export interface CopyRequest {
  readonly level: Level
  readonly id: string
  /** Put behind the copy's name, so that it can be told from every other copy. The names beneath it stay as they are. */
  readonly suffix: string
}

/** One client for each ad account and token: it keeps that account's rate limits. */
export interface MetaClient {
  readAccount(accountId: string, options?: CallOptions): Promise<MetaAccount>
  listCampaigns(accountId: string, options?: ListOptions): Promise<readonly MetaCampaign[]>
  listAdsets(accountId: string, options?: ListOptions): Promise<readonly MetaAdset[]>
  listAds(accountId: string, options?: ListOptions): Promise<readonly MetaAd[]>
  /** As it is at Meta now: what a change is based on and read back with. `not-found` when it is gone or out of sight. */
  readEntity(level: 'campaign', id: string, options?: CallOptions): Promise<MetaCampaign>
  readEntity(level: 'adset', id: string, options?: CallOptions): Promise<MetaAdset>
  readEntity(level: 'ad', id: string, options?: CallOptions): Promise<MetaAd>
  readEntity(level: Level, id: string, options?: CallOptions): Promise<MetaNode>

  /** Rows at once, or a report to poll where Meta refuses the question as too large. */
  readInsights(request: InsightsRequest, options?: ListOptions): Promise<InsightsAnswer>
  startInsightsReport(request: InsightsRequest, options?: CallOptions): Promise<string>
  readReportStatus(reportRunId: string, options?: CallOptions): Promise<ReportStatus>
  /** The rows of a report that has completed; `request` is the one it was started with. */
  readReportRows(reportRunId: string, request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
  /**
   * One poll: the rows when the report has completed, else `not-ready` (poll again), `too-much-data` (ask for less), or
   * `temporarily-unavailable` (start a new report).
   */
  pollReport(reportRunId: string, request: InsightsRequest, options?: ListOptions): Promise<readonly InsightsRow[]>
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
   * Makes a copy, paused, with what is beneath it. Creating is not idempotent: after `unknown-outcome` look among
   * `listCopies` for the name before anything else.
   *
   * @returns the copy's id
   */
  copy(source: CopyRequest, options?: CallOptions): Promise<string>
  /** The copies of an object that were not deleted, whoever made them. */
  listCopies(level: Level, id: string, options?: ListOptions): Promise<readonly MetaNode[]>
  readMinimumBudgets(accountId: string, options?: CallOptions): Promise<readonly MinimumBudget[]>
  /** The account's automated rules, as they were made in Ads Manager or by the API. */
  listAdRules(accountId: string, options?: ListOptions): Promise<readonly MetaAdRule[]>

  /** Ends the keep-alive pool after the calls under way. */
  close(): Promise<void>
}
