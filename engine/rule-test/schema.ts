/** The form of a file of rule tests (`*.test.yaml`): one source for its types, its check and the editor. */

import { type TSchema, Type } from 'typebox'

import type { YamlNode } from '../document/yaml-file.js'
import { CONFIGURED_STATUSES, EFFECTIVE_STATUSES, OBJECTIVES } from '../metric/attributes.js'
import { type MetricDefinition, METRICS } from '../metric/catalogue.js'

const closed = { additionalProperties: false } as const

const text = (description: string, ...examples: string[]) => Type.String({ description, examples })
const optional = (schema: TSchema) => Type.Optional(schema)

/** Read as text, though YAML takes a bare number for one. */
const quantity = (description: string, ...examples: string[]) =>
  Type.Unsafe<string>({ type: ['string', 'number'], description, examples })

/** Metrics that others are made of. The rest is worked out, and can't be given. */
export const isGiven = ({ name, made }: MetricDefinition): boolean => made.kind !== 'ratio' && name !== 'gross_spend'

const wordsOf = ({ description, unit }: MetricDefinition): string =>
  `${description.en}${unit === 'money' ? ', in the account’s currency' : ''}`

/** What is worked out has a key all the same, so that it is refused with the reason and not as a misspelling. */
const metrics = (kind: 'series' | 'single') =>
  Object.fromEntries(
    METRICS.map((metric) => [
      metric.name,
      optional(
        isGiven(metric)
          ? quantity(
              kind === 'series' ? `${wordsOf(metric)}: a number a day, the oldest first` : wordsOf(metric),
              ...(kind === 'series' ? ['300 300 400', '100*3 _ 200'] : ['260']),
            )
          : Type.Unsafe<string>({
              type: ['string', 'number'],
              not: {},
              description: `${wordsOf(metric)}: worked out, never given`,
            }),
      ),
    ]),
  )

const actions = (example: string) =>
  optional(Type.Record(Type.String(), quantity('Count of one action type', example), { description: 'By Meta’s action type' }))

const TodaySchema = Type.Object(
  { ...metrics('single'), actions: actions('3') },
  { ...closed, description: 'Of the day that is judged' },
)

const HoursSchema = Type.Object(
  {
    until: optional(text('When the last of the hours ended; without it the last full hour', '2026-03-10 14:00')),
    ...metrics('series'),
    actions: actions('3 0 1'),
  },
  { ...closed, description: 'By the hour, for windows such as `6h`' },
)

/** In the place of an attribute that has a value where the test says nothing. */
export const NOT_KNOWN = '_'

const facts = {
  id: optional(text('Meta’s id', '120200000000000001')),
  status: optional(Type.Enum([...CONFIGURED_STATUSES, NOT_KNOWN], { description: 'As configured; ACTIVE without it' })),
  effective_status: optional(Type.Enum([...EFFECTIVE_STATUSES, NOT_KNOWN], { description: 'With what is above it' })),
  delivering: optional(
    Type.Union([Type.Boolean(), Type.Enum([NOT_KNOWN])], {
      description: 'Active, and so is all above it; true without it, `_` for not known',
      examples: [false],
    }),
  ),
  daily_budget: optional(quantity('Daily budget', '500 TRY')),
  lifetime_budget: optional(quantity('Lifetime budget', '9000 TRY')),
  budget_level: optional(Type.Enum(['campaign', 'adset'], { description: 'Where the budget is' })),
  age: optional(text('Time since it was created', '10d')),
  last_edit: optional(text('Time since it was last changed', '6h')),
  learning: optional(Type.Boolean({ description: 'In Meta’s learning phase' })),
  objective: optional(Type.Enum([...OBJECTIVES], { description: 'The campaign’s objective' })),
  labels: optional(
    Type.Union([text('A label', 'evergreen'), Type.Array(text('A label', 'evergreen'))], { description: 'Names of its labels' }),
  ),
  result: optional(text('What its results are counted in', 'purchases', 'leads')),
}

const numbers = {
  until: optional(
    text('The day that the series end with: `yesterday` (without it), `today` or a date', 'yesterday', '2026-03-09'),
  ),
  ...metrics('series'),
  actions: actions('3 0 1'),
  today: optional(TodaySchema),
  hours: optional(HoursSchema),
  asked: optional(
    Type.Record(Type.String(), quantity('Its value', '3.2'), {
      description: 'Reach and frequency by the window, for they do not add up: `frequency[last_7d]`',
    }),
  ),
  estimates: optional(
    Type.Record(Type.String(), quantity('Its value', '12000 TRY', '4.2'), {
      description: 'What `forecast(…)`, `expected(…)` and `anomaly(…)` come to; unknown without it',
    }),
  ),
}

const CampaignSchema = Type.Object({ name: text('Name', 'TR | Summer'), ...facts, ...numbers }, closed)
const AdsetSchema = Type.Object(
  { name: text('Name', 'Women 25-44'), campaign: optional(text('Name of its campaign', 'TR | Summer')), ...facts, ...numbers },
  closed,
)
const AdSchema = Type.Object(
  {
    name: text('Name', 'Hero video'),
    adset: optional(text('Name of its ad set', 'Women 25-44')),
    campaign: optional(text('Name of its campaign', 'TR | Summer')),
    ...facts,
    ...numbers,
  },
  closed,
)

export const TestAccountSchema = Type.Object(
  {
    name: optional(text('An account of tetik.yaml, whose values hold where the test gives none', 'moda-tr')),
    currency: optional(text('ISO 4217', 'TRY')),
    timezone: optional(text('IANA name', 'Europe/Istanbul')),
    language: optional(Type.Enum(['tr', 'en'], { description: 'Language of all recipients; theirs in tetik.yaml without it' })),
    result: optional(text('What results are counted in', 'purchases')),
    target_cpa: optional(quantity('Target cost per result', '120 TRY')),
    target_roas: optional(quantity('Target return on ad spend', '4')),
    monthly_budget: optional(quantity('Budget of the month', '300000 TRY')),
    values: optional(Type.Record(Type.String(), quantity('A number of the account’s own', '45 TRY'))),
    gross: optional(Type.Object({ fees: optional(text('Fees', '5%')), tax: optional(text('Tax', '20%')) }, closed)),
    estimates: numbers.estimates,
  },
  // Any other key is one of `values`.
  { patternProperties: { '^[a-z][a-z0-9_]*$': quantity('A number of the account’s own', '45 TRY') } },
)

const ExpectationSchema = Type.Object(
  {
    rule: text('Id of the rule', 'pause-expensive-adsets'),
    adset: optional(text('Name or id of the ad set', 'Women 25-44')),
    ad: optional(text('Name or id of the ad', 'Hero video')),
    campaign: optional(text('Name or id of the campaign; with `adset` or `ad`, the one that it is in', 'TR | Summer')),
    group: optional(text('Name of the group', 'umbrella-moda')),
    account: optional(text('Name of the account', 'moda-tr')),
    at: optional(text('One of the moments; the last of the test’s without it', '2026-03-10 14:00')),
    outcome: Type.Enum(['fire', 'hold', 'unknown', 'none'], { description: '`none`: `where` leaves it out, or no event came' }),
    because: optional(
      Type.Enum(['when', 'for', 'clear', 'cooldown', 'limit', 'priority'], {
        description: 'What holds it back',
        examples: ['when'],
      }),
    ),
    steps: optional(
      Type.Array(text('Name of a step', 'pause'), { description: 'Names of all steps of `then`', examples: [['pause']] }),
    ),
    message: optional(
      Type.Union(
        [text('The exact text'), Type.Array(text('The exact text'), { description: 'Texts of all messages, in order' })],
        {
          description: 'The exact text, in the recipient’s language',
          examples: ['A paused: CPA ₺333,33'],
        },
      ),
    ),
  },
  closed,
)

const RuleTestSchema = Type.Object(
  {
    name: text('What holds', 'three expensive days pause the ad set'),
    account: optional(Type.Union([text('An account of tetik.yaml', 'moda-tr'), TestAccountSchema])),
    groups: optional(
      Type.Array(
        Type.Object(
          {
            name: text('Name', 'umbrella-moda'),
            campaigns: optional(Type.Array(text('Glob of campaign names', 'TR | Moda*'), { examples: [['TR | *']] })),
            monthly_budget: optional(quantity('Budget of the month', '200000 TRY')),
            estimates: numbers.estimates,
          },
          closed,
        ),
        { description: 'In addition to those of tetik.yaml, or in place of them' },
      ),
    ),
    campaigns: optional(Type.Array(CampaignSchema)),
    adsets: optional(Type.Array(AdsetSchema)),
    ads: optional(Type.Array(AdSchema)),
    payload: optional(Type.Unsafe<YamlNode>({ $ref: '#/$defs/payload', description: 'Of the event, for rules with `on:`' })),
    at: optional(
      Type.Union(
        [text('A moment on the account’s clock', '2026-03-10 14:00'), Type.Array(text('A moment', '2026-03-10 14:00'))],
        {
          description: 'When every rule is evaluated, whatever its own times say',
          examples: ['2026-03-10 14:00'],
        },
      ),
    ),
    expect: Type.Array(ExpectationSchema, { examples: [[]] }),
  },
  closed,
)

/** The whole of a test file, as JSON Schema. */
export const RuleTestFileSchema = Type.Object(
  {
    rules: Type.Union([text('The rule file, next to this one', 'expensive-adsets.yaml'), Type.Array(text('A rule file'))], {
      examples: ['expensive-adsets.yaml'],
    }),
    tests: Type.Array(RuleTestSchema, { examples: [[]] }),
  },
  { ...closed, examples: ['rules:'], $defs: { payload: { description: 'Any JSON' } } },
)
