/** How much of Meta's limits is used up, as the headers of an answer say it. Percentages are as Meta gives them: 75 is 75 %. */

export type AccessTier = 'development_access' | 'standard_access'

export interface Usage {
  /** `X-App-Usage`: the highest of its percentages. */
  readonly app: number | null
  /** `X-Ad-Account-Usage`. `resetAfter` in milliseconds (Meta: seconds). */
  readonly account: { readonly percent: number; readonly resetAfter: number } | null
  /** `X-Business-Use-Case-Usage`. `regainAfter` in milliseconds (Meta: minutes); 0 while access stands. */
  readonly businessUseCases: readonly BusinessUseCaseUsage[]
  /** `X-FB-Ads-Insights-Throttle`: the higher of its percentages. */
  readonly insights: number | null
  readonly tier: AccessTier | null
  /** Names of usage headers that could not be read. They only advise, so the answer stands. */
  readonly unreadable: readonly string[]
}

export interface BusinessUseCaseUsage {
  /** `ads_management`, `ads_insights`, … */
  readonly type: string
  readonly percent: number
  readonly regainAfter: number
}
