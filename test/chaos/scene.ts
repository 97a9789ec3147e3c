/** The project for chaos runs: three accounts with wide guardrails, and rules triggered by events and by the clock. */

const ACCOUNTS = [
  { name: 'moda-tr', id: 'act_1234567890', result: 'purchases' },
  { name: 'dil-kursu', id: 'act_2026000002', result: 'leads' },
  { name: 'esarp', id: 'act_2026000003', result: 'purchases' },
] as const

export const ACCOUNT_NAMES: readonly string[] = ACCOUNTS.map(({ name }) => name)

/** As in tetik.yaml below, as fractions. */
export const LIMITS = { step: 0.2, dailyChange: 0.5 } as const
export const TIME_ZONE = 'Europe/Istanbul'

/** Rules may act right after a person and are limited only by `step` and `daily_change`, so that no other guardrail holds them back. */
const GUARDRAILS =
  '{ ceiling: 9000000 TRY per day, step: 20%, daily_change: 50%, hands_off: 1s, last_adset: true, breaker: 100000, ' +
  'actions_per_hour: 100000, actions_per_day: 100000 }'

const accountText = ({ name, id, result }: (typeof ACCOUNTS)[number]): string => `
  - name: ${name}
    id: ${id}
    currency: TRY
    timezone: ${TIME_ZONE}
    result: ${result}
    guardrails: ${GUARDRAILS}`

/** Names of the hooks and of their rules alike. */
export const HOOKS = ['pause', 'start', 'raise', 'cut', 'raise-campaign', 'tell'] as const
export type Hook = (typeof HOOKS)[number]

/** Each hook's rule has its own recipient, because WhatsApp accepts on average one message per six seconds to the same number. */
const PHONES: Readonly<Record<Hook, string>> = {
  pause: '+905551110001',
  start: '+905551110002',
  raise: '+905551110003',
  cut: '+905551110004',
  'raise-campaign': '+905551110005',
  tell: '+905551110006',
}
export const NOTIFIED_PHONES: readonly string[] = Object.values(PHONES)

const variableOf = (hook: Hook): string => `PHONE_${hook.toUpperCase().replaceAll('-', '_')}`
const recipientText = (hook: Hook): string => `
  - { name: ${hook}, phone: $${variableOf(hook)}, language: ${hook === 'tell' ? 'en' : 'tr'}, may: [read] }`

const SETTINGS = `
accounts:${ACCOUNTS.map(accountText).join('')}
recipients:${HOOKS.map(recipientText).join('')}
  - { name: owner, phone: $OWNER_PHONE, language: tr, accounts: [${ACCOUNT_NAMES.join(', ')}], may: [read, approve, act, stop] }
`

const hookRule = (hook: Hook, scope: string, change: string | null): string => `
  - id: ${hook}-by-event
    account: all
    scope: ${scope}
    on: ${hook}
    where: id = payload.entity
    then:${change === null ? '' : `\n      - ${change}`}
      - whatsapp: { to: ${hook}, text: "${hook} {payload.number}: {${scope}.name}" }
    mode: act`

const RULES = `
rules:${hookRule('pause', 'adset', 'pause')}${hookRule('start', 'adset', 'start: any')}${hookRule('raise', 'adset', 'budget: +10%')}${hookRule(
  'cut',
  'campaign',
  'budget: -7%',
)}${hookRule('raise-campaign', 'campaign', 'budget: +9%')}${hookRule('tell', 'campaign', null)}
`

const BY_THE_MINUTE = `rules:
  - id: raise-by-the-minute
    account: all
    scope: campaign
    where: daily_budget > 0 TRY
    every: 1m
    then:
      - budget: +5%
      - whatsapp: { to: owner, text: "by the minute: {campaign.name}" }
    mode: act
    cooldown: 1m
`

/** Removed before the checks: while it exists, something is always in progress. */
export const RULES_BY_THE_CLOCK = 'rules/by-the-minute.yaml'

export const PROJECT_FILES: Readonly<Record<string, string>> = {
  'tetik.yaml': SETTINGS,
  '.env': HOOKS.map((hook) => `${variableOf(hook)}=${PHONES[hook]}\n`).join(''),
  'rules/chaos.yaml': RULES,
  [RULES_BY_THE_CLOCK]: BY_THE_MINUTE,
}
