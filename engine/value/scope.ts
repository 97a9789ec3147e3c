/** What a rule looks at: the levels of Meta's structure, and groups of campaigns that `tetik.yaml` names. */
export type Scope = 'account' | 'group' | 'campaign' | 'adset' | 'ad'
