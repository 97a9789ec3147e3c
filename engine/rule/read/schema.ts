/** The schema of rule files: the source of their types, their check and the completion in editors. */

import { type Static, Type } from 'typebox'

import type { YamlNode } from '../../document/yaml-file.js'
import { closed, condition, quantity, text } from '../parts/schema-parts.js'
import { BARE_STEPS, STEP_SCHEMAS } from '../steps/steps.js'

const StepSchema = Type.Union(
  [Type.Enum([...BARE_STEPS]), Type.Object(STEP_SCHEMAS, { ...closed, minProperties: 1, maxProperties: 1 })],
  { examples: ['pause'] },
)

const id = text('Unique, kebab-case; renaming it makes a new rule', 'pause-expensive-adsets')
const description = Type.Optional(text('What it is for', 'Too expensive for three days'))
const account = Type.Optional(text('An account of tetik.yaml, or `all`', 'moda-tr'))
const mode = Type.Optional(
  Type.Enum(['observe', 'ask', 'act'], { description: '`observe` only records, `ask` waits for an approval, `act` carries out' }),
)
const priority = Type.Optional(Type.Integer({ description: 'The higher priority wins', examples: [10] }))

/** The keys that rules and blueprints have in common. */
const body = {
  description,
  scope: Type.Enum(['account', 'group', 'campaign', 'adset', 'ad'], {
    description: 'The level of the entities that the rule evaluates',
  }),
  where: Type.Optional(condition('Which entities')),
  every: Type.Optional(quantity('How often', '30m')),
  at: Type.Optional(
    Type.Union([text('Time of day', '09:00'), Type.Array(text('Time of day', '09:00'))], { examples: ['09:00'] }),
  ),
  cron: Type.Optional(text('Minute, hour, day of month, month, day of week', '0 9 * * 1-5')),
  on: Type.Optional(text('At each event that arrives at /hooks/<name>', 'order-paid')),
  timezone: Type.Optional(text('Time zone of `at`, `cron` and `wait: until`; by default the account’s', 'Europe/Istanbul')),
  when: Type.Optional(condition('When it fires')),
  for: Type.Optional(quantity('True at every evaluation for this long', '2h')),
  then: Type.Optional(Type.Array(StepSchema, { description: 'Steps, in order', examples: [['pause']] })),
  mode,
  cooldown: Type.Optional(quantity('Rest after a carry-out, for this rule and entity', '24h')),
  clear: Type.Optional(condition('Must be true before the rule fires again')),
  limit: Type.Optional(text('Over all entities of the rule', '5 per day')),
  priority,
  on_stop: Type.Optional(Type.Enum(['leave', 'start'], { description: '`start` releases its pause when the rule is stopped' })),
}

export const RuleSchema = Type.Object({ id, account, ...body }, closed)

/** The rule of a blueprint. */
export const RuleBodySchema = Type.Object(body, closed)

/** A rule that uses a blueprint. */
export const UseSchema = Type.Object(
  {
    id,
    description,
    use: text('Name of a blueprint', 'cap-cpa'),
    account,
    with: Type.Optional(Type.Record(Type.String(), quantity('The value of an input', '120 TRY'))),
    mode,
    priority,
  },
  closed,
)

export const INPUT_TYPES = ['money', 'number', 'percentage', 'duration', 'text', 'recipient'] as const

const BlueprintSchema = Type.Object(
  {
    name: text('The name that `use` refers to, kebab-case', 'cap-cpa'),
    description,
    inputs: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          {
            type: Type.Enum([...INPUT_TYPES], { description: 'Kind of value', examples: ['money'] }),
            description,
            default: Type.Optional(quantity('The value if a use gives none', '120 TRY')),
          },
          closed,
        ),
        { description: 'Names that its conditions and steps may use' },
      ),
    ),
    rule: Type.Unsafe<YamlNode>({ $ref: '#/$defs/body', description: 'A rule without `id` and `account`', examples: ['rule:'] }),
  },
  closed,
)

/** The schema of a condition for editors; `condition.ts` reads conditions without it. */
const ConditionSchema = Type.Unsafe<unknown>({
  anyOf: [
    { type: 'string', examples: ['cpa[last_3d] > 1.5 * target_cpa'] },
    { type: 'array', items: { $ref: '#/$defs/condition' }, minItems: 1 },
    {
      type: 'object',
      properties: {
        all: { type: 'array', items: { $ref: '#/$defs/condition' }, minItems: 1 },
        any: { type: 'array', items: { $ref: '#/$defs/condition' }, minItems: 1 },
        not: { $ref: '#/$defs/condition' },
      },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
  ],
})

/** A whole rule file as JSON Schema. */
export const RuleFileSchema = Type.Object(
  {
    metrics: Type.Optional(
      Type.Record(Type.String(), quantity('A custom metric, computed from other metrics', '(revenue * 0.35) / spend'), {
        description: 'Custom metrics, computed from other metrics; the window is given at each use',
      }),
    ),
    blueprints: Type.Optional(Type.Array(BlueprintSchema, { description: 'Rules with inputs', examples: [[]] })),
    rules: Type.Optional(Type.Array(Type.Unsafe<YamlNode>({ $ref: '#/$defs/rule' }), { examples: [[]] })),
  },
  {
    ...closed,
    examples: ['rules:'],
    $defs: {
      condition: ConditionSchema,
      json: {},
      body: RuleBodySchema,
      rule: Type.Unsafe<unknown>({ anyOf: [RuleSchema, UseSchema] }),
    },
  },
)

export type RuleSource = Static<typeof RuleSchema>
export type RuleBodySource = Static<typeof RuleBodySchema>
export type UseSource = Static<typeof UseSchema>
export type BlueprintSource = Static<typeof BlueprintSchema>
/** A step as written: a word, or an object with one key. */
export type StepSource = string | Readonly<Record<string, unknown>>
