/** What a campaign can be for. Source: Marketing API, campaign reference, as of v26.0; older values cannot be created. */

export const OBJECTIVES = [
  'OUTCOME_APP_PROMOTION',
  'OUTCOME_AWARENESS',
  'OUTCOME_ENGAGEMENT',
  'OUTCOME_LEADS',
  'OUTCOME_SALES',
  'OUTCOME_TRAFFIC',
] as const

export type Objective = (typeof OBJECTIVES)[number]
