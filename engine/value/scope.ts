/** What a rule is evaluated for: the levels of Meta's structure, and groups of campaigns defined in `tetik.yaml`. */
export type Scope = 'account' | 'group' | 'campaign' | 'adset' | 'ad'
