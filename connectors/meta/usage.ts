/** Reads how much of Meta's rate limits is used, from an answer's headers. Percentages are as Meta gives them: 75 is 75%. */

export type AccessTier = 'development_access' | 'standard_access'

export interface Usage {
  /** `X-App-Usage`: the highest of its percentages. */
  readonly app: number | null
  /** `X-Ad-Account-Usage`. `resetAfter` in milliseconds (Meta: seconds). */
  readonly account: { readonly percent: number; readonly resetAfter: number } | null
  /** `X-Business-Use-Case-Usage`. `regainAfter` in milliseconds (Meta: minutes); 0 while calls are allowed. */
  readonly businessUseCases: readonly BusinessUseCaseUsage[]
  /** `X-FB-Ads-Insights-Throttle`: the higher of its percentages. */
  readonly insights: number | null
  readonly tier: AccessTier | null
  /** Names of usage headers that could not be read. They are only advisory, so the answer is still used. */
  readonly unreadable: readonly string[]
}

interface BusinessUseCaseUsage {
  /** `ads_management`, `ads_insights`, … */
  readonly type: string
  readonly percent: number
  readonly regainAfter: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Returns null if the answer has no usage header. */
export function readUsage(headers: Readonly<Record<string, string | string[] | undefined>>): Usage | null {
  const unreadable: string[] = []
  let seen = false
  const parse = (name: string): unknown => {
    const header = headers[name]
    if (header === undefined) return undefined
    seen = true
    try {
      return JSON.parse(Array.isArray(header) ? header.join(',') : header) as unknown
    } catch {
      unreadable.push(name)
      return undefined
    }
  }
  const app = fieldsOf(parse('x-app-usage'))
  const account = fieldsOf(parse('x-ad-account-usage'))
  const insights = fieldsOf(parse('x-fb-ads-insights-throttle'))
  const business = fieldsOf(parse('x-business-use-case-usage'))
  const useCases = Object.values(business ?? {}).flatMap((cases) => (Array.isArray(cases) ? cases.map(fieldsOf) : []))
  if (!seen) return null
  return {
    app: highest(app, ['call_count', 'total_time', 'total_cputime']),
    account: account && {
      percent: numberOf(account.acc_id_util_pct) ?? 0,
      resetAfter: (numberOf(account.reset_time_duration) ?? 0) * SECOND,
    },
    businessUseCases: useCases
      .filter((useCase) => useCase !== null)
      .map((useCase) => ({
        type: typeof useCase.type === 'string' ? useCase.type : 'unknown',
        percent: highest(useCase, ['call_count', 'total_time', 'total_cputime']) ?? 0,
        regainAfter: (numberOf(useCase.estimated_time_to_regain_access) ?? 0) * MINUTE,
      })),
    insights: highest(insights, ['app_id_util_pct', 'acc_id_util_pct']),
    tier: [account, insights, ...useCases].map((part) => tierOf(part?.ads_api_access_tier)).find((tier) => tier !== null) ?? null,
    unreadable,
  }
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields | null =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : null

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null

const tierOf = (value: unknown): AccessTier | null =>
  value === 'development_access' || value === 'standard_access' ? value : null

function highest(fields: Fields | null, names: readonly string[]): number | null {
  const numbers = names.map((name) => numberOf(fields?.[name])).filter((number) => number !== null)
  return numbers.length === 0 ? null : Math.max(...numbers)
}
