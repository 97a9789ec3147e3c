/** `tetik.yaml` for the sandbox's one account. */
export const ACCOUNT_FILE = `
accounts:
  - name: moda-tr
    id: act_1234567890
    currency: TRY
    timezone: Europe/Istanbul
    result: purchases
    targets: { target_cpa: 120 TRY }
recipients:
  - { name: owner, phone: $OWNER_PHONE, language: tr, accounts: [moda-tr], may: [read, approve, act, stop] }
`

/** The same with a ceiling, without which a launch activates nothing. */
export const ACCOUNT_WITH_CEILING = ACCOUNT_FILE.replace(
  'result: purchases',
  'result: purchases\n    guardrails: { ceiling: 100000 TRY per day }',
)
