/** The schema of `tetik.yaml`: one source for its type, its validation and the editor. */

import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const

const text = (description: string, ...examples: string[]) => Type.String({ description, examples })

/** A number with its unit, read as text; in YAML it may also be a plain number. */
const quantity = (description: string, example: string) =>
  Type.Unsafe<string>({ type: ['string', 'number'], description, examples: [example] })

const GuardrailsSchema = Type.Object(
  {
    step: Type.Optional(text('Largest step of a budget', '20%')),
    daily_change: Type.Optional(text('Largest change of a budget in one day', '50%')),
    ceiling: Type.Optional(
      text('Ceiling of the account’s total daily budget; without one rules cannot raise budgets', '15000 TRY per day'),
    ),
    actions_per_hour: Type.Optional(Type.Integer({ description: 'Most changes in an hour', examples: [20] })),
    actions_per_day: Type.Optional(Type.Integer({ description: 'Most changes in a day', examples: [100] })),
    last_adset: Type.Optional(
      Type.Boolean({ description: 'Whether a rule may pause the last delivering ad set of a campaign', examples: [false] }),
    ),
    protect: Type.Optional(
      Type.Array(text('Name glob or label', '* | Always on'), { description: 'Entities that rules leave alone' }),
    ),
    freeze: Type.Optional(
      Type.Array(text('Days, first and last included', '2026-11-27..2026-11-30'), {
        description: 'Days on which no rule changes anything',
      }),
    ),
    hands_off: Type.Optional(
      Type.Union(
        [
          text('For every kind of change', '48h'),
          Type.Object(
            {
              status: Type.Optional(text('After a person paused or started it, for rules that pause or start', '48h')),
              budget: Type.Optional(text('After a person changed its budget, for rules that change budgets or copy', '24h')),
              bid: Type.Optional(text('After a person changed its bid, for rules that change bids', '24h')),
            },
            closed,
          ),
        ],
        { description: 'How long rules leave alone what a person changed, by its kind' },
      ),
    ),
    raise: Type.Optional(text('The most that rules may raise the account’s daily budgets by in one day', '1000 TRY per day')),
    breaker: Type.Optional(Type.Integer({ description: 'Failed actions within an hour that stop the rules', examples: [5] })),
  },
  closed,
)

const AccountSchema = Type.Object(
  {
    name: text('Name by which rules refer to the account', 'moda-tr'),
    id: text('Meta’s id', 'act_1234567890'),
    currency: text('ISO 4217, as the account has it at Meta', 'TRY'),
    timezone: text('IANA name, as the account has it at Meta', 'Europe/Istanbul'),
    token: Type.Optional(
      text('Name of the environment variable with the access token, never the token itself', '$META_ACCESS_TOKEN'),
    ),
    result: Type.Optional(text('What counts as a result if an ad set does not define it', 'purchases')),
    attribution: Type.Optional(
      Type.Array(Type.Enum(['1d_click', '7d_click', '28d_click', '1d_view', '1d_ev']), {
        description: 'Attribution windows in place of each ad set’s own setting',
        examples: [['7d_click', '1d_view']],
      }),
    ),
    targets: Type.Optional(
      Type.Object(
        {
          target_cpa: Type.Optional(quantity('Target cost per result', '120 TRY')),
          target_roas: Type.Optional(quantity('Target return on ad spend', '4')),
          monthly_budget: Type.Optional(quantity('Budget of the month', '300000 TRY')),
        },
        closed,
      ),
    ),
    values: Type.Optional(Type.Record(Type.String(), quantity('A number of your own', '45 TRY'))),
    gross: Type.Optional(
      Type.Object({ fees: Type.Optional(text('Fees', '5%')), tax: Type.Optional(text('Tax', '20%')) }, closed),
    ),
    guardrails: Type.Optional(GuardrailsSchema),
  },
  closed,
)

const RecipientSchema = Type.Object(
  {
    name: text('Name by which rules refer to the recipient', 'owner'),
    phone: text('Name of an environment variable, or the number with its country code', '$OWNER_PHONE'),
    language: Type.Optional(Type.Enum(['tr', 'en'], { description: 'Language of numbers and dates' })),
    accounts: Type.Optional(Type.Array(text('An account’s name', 'moda-tr'), { description: 'Which accounts; all if empty' })),
    may: Type.Optional(
      Type.Array(Type.Enum(['read', 'approve', 'act', 'stop']), { description: 'What a message from there may do' }),
    ),
    quiet: Type.Optional(text('No messages between these times of day', '22:00-08:00')),
  },
  closed,
)

const GroupSchema = Type.Object(
  {
    name: text('Name by which rules refer to the group', 'umbrella-moda'),
    account: Type.Optional(text('An account’s name; may be left out where there is one', 'moda-tr')),
    campaigns: Type.Array(text('Glob of campaign names', 'TR | Moda*'), { description: 'Which campaigns are in it' }),
    monthly_budget: Type.Optional(quantity('Budget of the month, for all of them', '200000 TRY')),
  },
  closed,
)

export const SettingsSchema = Type.Object(
  {
    accounts: Type.Optional(Type.Array(AccountSchema)),
    groups: Type.Optional(Type.Array(GroupSchema)),
    recipients: Type.Optional(Type.Array(RecipientSchema)),
    defaults: Type.Optional(
      Type.Object(
        {
          mode: Type.Optional(Type.Enum(['observe', 'ask', 'act'])),
          cooldown: Type.Optional(text('How long a rule rests after its steps were carried out', '24h')),
        },
        closed,
      ),
    ),
  },
  closed,
)

export type AccountSource = Static<typeof AccountSchema>
export type GroupSource = Static<typeof GroupSchema>
export type RecipientSource = Static<typeof RecipientSchema>
export type SettingsSource = Static<typeof SettingsSchema>
