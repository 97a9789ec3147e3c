/** The schema of rule test files (`*.test.yaml`), used to read them, to report errors and in editors. */

import { type TSchema, Type } from 'typebox'

import type { YamlNode } from '../document/yaml-file.js'
import { CONFIGURED_STATUSES, EFFECTIVE_STATUSES, OBJECTIVES } from '../metric/attributes.js'
import { type MetricDefinition, METRICS } from '../metric/catalogue.js'

const closed = { additionalProperties: false } as const

const text = (description: string, ...examples: string[]) => Type.String({ description, examples })
const optional = (schema: TSchema) => Type.Optional(schema)

/** A quantity is read as text, even if YAML would read it as a number. */
const quantity = (description: string, ...examples: string[]) =>
  Type.Unsafe<string>({ type: ['string', 'number'], description, examples })

/** Whether a test can give a metric. Others are computed from these and cannot be given. */
export const isGiven = ({ name, made }: MetricDefinition): boolean => made.kind !== 'ratio' && name !== 'gross_spend'

const wordsOf = ({ words, unit }: MetricDefinition): string =>
  `${words.en.title}${unit === 'money' ? ', in the account’s currency' : ''}`

/** Computed metrics have keys too, so that they are refused with the reason and not as a misspelling. */
const metrics = (kind: 'series' | 'single') =>
  Object.fromEntries(
    METRICS.map((metric) => [
      metric.name,
      optional(
        isGiven(metric)
          ? quantity(
              kind === 'series' ? `${wordsOf(metric)}: one number per day, the oldest first` : wordsOf(metric),
              ...(kind === 'series' ? ['300 300 400', '100*3 _ 200'] : ['260']),
            )
          : Type.Unsafe<string>({
              type: ['string', 'number'],
              not: {},
              description: `${wordsOf(metric)}: computed, cannot be given`,
            }),
      ),
    ]),
  )

const actions = (example: string) =>
  optional(Type.Record(Type.String(), quantity('Count of one action type', example), { description: 'By Meta’s action type' }))

const TodaySchema = Type.Object(
  { ...metrics('single'), actions: actions('3') },
  { ...closed, description: 'Values of the day of the evaluation' },
)

const HoursSchema = Type.Object(
  {
    until: optional(text('When the last of the hours ended (default: the last full hour)', '2026-03-10 14:00')),
    ...metrics('series'),
    actions: actions('3 0 1'),
  },
  { ...closed, description: 'Hourly values, for windows such as `6h`' },
)

/** Marks an attribute as unknown that would otherwise have a default. */
export const NOT_KNOWN = '_'

const facts = {
  id: optional(text('Meta’s id', '120200000000000001')),
  status: optional(Type.Enum([...CONFIGURED_STATUSES, NOT_KNOWN], { description: 'As configured (default: ACTIVE)' })),
  effective_status: optional(
    Type.Enum([...EFFECTIVE_STATUSES, NOT_KNOWN], { description: 'The status including the levels above it' }),
  ),
  delivering: optional(
    Type.Union([Type.Boolean(), Type.Enum([NOT_KNOWN])], {
      description: 'Whether it and all levels above it are active (default: true); `_` for unknown',
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
  until: optional(text('The last day of the series: `yesterday` (the default), `today` or a date', 'yesterday', '2026-03-09')),
  ...metrics('series'),
  actions: actions('3 0 1'),
  today: optional(TodaySchema),
  hours: optional(HoursSchema),
  asked: optional(
    Type.Record(Type.String(), quantity('Its value', '3.2'), {
      description: 'Reach and frequency per window, because they do not add up over days: `frequency[last_7d]`',
    }),
  ),
  estimates: optional(
    Type.Record(Type.String(), quantity('Its value', '12000 TRY', '4.2'), {
      description: 'The values of `forecast(…)`, `expected(…)` and `anomaly(…)`; unknown if not given',
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
    name: optional(text('An account of tetik.yaml, which provides what the test does not give', 'moda-tr')),
    currency: optional(text('ISO 4217', 'TRY')),
    timezone: optional(text('IANA name', 'Europe/Istanbul')),
    language: optional(Type.Enum(['tr', 'en'], { description: 'Language of all recipients (default: theirs in tetik.yaml)' })),
    result: optional(text('What results are counted in', 'purchases')),
    target_cpa: optional(quantity('Target cost per result', '120 TRY')),
    target_roas: optional(quantity('Target return on ad spend', '4')),
    monthly_budget: optional(quantity('Monthly budget', '300000 TRY')),
    values: optional(Type.Record(Type.String(), quantity('A custom number of the account', '45 TRY'))),
    gross: optional(Type.Object({ fees: optional(text('Fees', '5%')), tax: optional(text('Tax', '20%')) }, closed)),
    estimates: numbers.estimates,
  },
  // Any other key is one of `values`.
  { patternProperties: { '^[a-z][a-z0-9_]*$': quantity('A custom number of the account', '45 TRY') } },
)

const ExpectationSchema = Type.Object(
  {
    rule: text('Id of the rule', 'pause-expensive-adsets'),
    adset: optional(text('Name or id of the ad set', 'Women 25-44')),
    ad: optional(text('Name or id of the ad', 'Hero video')),
    campaign: optional(text('Name or id of the campaign; with `adset` or `ad`, the one that it is in', 'TR | Summer')),
    group: optional(text('Name of the group', 'umbrella-moda')),
    account: optional(text('Name of the account', 'moda-tr')),
    at: optional(text('The time of the decision (default: the last time of the test)', '2026-03-10 14:00')),
    outcome: Type.Enum(['fire', 'hold', 'unknown', 'none'], {
      description: '`none`: `where` excludes the entity, or there was no event',
    }),
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
    name: text('What the test shows', 'three expensive days pause the ad set'),
    account: optional(Type.Union([text('An account of tetik.yaml', 'moda-tr'), TestAccountSchema])),
    groups: optional(
      Type.Array(
        Type.Object(
          {
            name: text('Name', 'umbrella-moda'),
            campaigns: optional(Type.Array(text('Glob of campaign names', 'TR | Moda*'), { examples: [['TR | *']] })),
            monthly_budget: optional(quantity('Monthly budget', '200000 TRY')),
            estimates: numbers.estimates,
          },
          closed,
        ),
        { description: 'Added to the groups of tetik.yaml, or replacing those with the same name' },
      ),
    ),
    campaigns: optional(Type.Array(CampaignSchema)),
    adsets: optional(Type.Array(AdsetSchema)),
    ads: optional(Type.Array(AdSchema)),
    payload: optional(
      Type.Unsafe<YamlNode>({ $ref: '#/$defs/payload', description: 'The JSON of the event, for rules with `on:`' }),
    ),
    at: optional(
      Type.Union(
        [text('A time in the account’s time zone', '2026-03-10 14:00'), Type.Array(text('A time', '2026-03-10 14:00'))],
        {
          description: 'When every rule is evaluated, whatever its own schedule',
          examples: ['2026-03-10 14:00'],
        },
      ),
    ),
    expect: Type.Array(ExpectationSchema, { examples: [[]] }),
  },
  closed,
)

/** The JSON Schema of a test file. */
export const RuleTestFileSchema = Type.Object(
  {
    rules: Type.Union([text('The rule file, next to this one', 'expensive-adsets.yaml'), Type.Array(text('A rule file'))], {
      examples: ['expensive-adsets.yaml'],
    }),
    tests: Type.Array(RuleTestSchema, { examples: [[]] }),
  },
  { ...closed, examples: ['rules:'], $defs: { payload: { description: 'Any JSON' } } },
)
