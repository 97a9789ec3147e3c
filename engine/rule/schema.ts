/** The form of a rule file: one source for its types, its check and the editor. */

import { Type, type Static } from 'typebox'

import type { YamlNode } from '../document/yaml.js'

const closed = { additionalProperties: false } as const

const text = (description: string, ...examples: string[]) => Type.String({ description, examples })

/** Read as text, though YAML takes a bare number for one. */
const quantity = (description: string, ...examples: string[]) =>
  Type.Unsafe<string>({ type: ['string', 'number'], description, examples })

/** Conditions nest; their reader walks them itself, for it knows YAML's traps. */
const condition = (description: string) => Type.Unsafe<YamlNode>({ $ref: '#/$defs/condition', description })

const BudgetSchema = Type.Union(
  [
    quantity('Relative or absolute', '+15%', '-20%', '500 TRY'),
    Type.Object(
      {
        change: quantity('Relative or absolute', '+15%', '-20%', '500 TRY'),
        min: Type.Optional(quantity('The budget is never set below', '200 TRY')),
        max: Type.Optional(quantity('The budget is never set above', '2000 TRY')),
      },
      closed,
    ),
  ],
  { examples: ['+15%'] },
)

const LATER_STEPS = ['bid', 'duplicate', 'rename', 'label', 'webhook', 'report', 'ask', 'check', 'launch']

export const StepSchema = Type.Union(
  [
    Type.Enum(['pause', 'start'], { later: LATER_STEPS }),
    Type.Object(
      {
        start: Type.Optional(Type.Enum(['any'], { description: '`any` starts whoever paused it' })),
        budget: Type.Optional(BudgetSchema),
        whatsapp: Type.Optional(
          Type.Object(
            {
              to: text('A recipient of tetik.yaml', 'owner'),
              text: text('The message; expressions stand in braces', '{adset.name} paused: CPA {cpa[last_3d]}'),
            },
            closed,
          ),
        ),
        wait: Type.Optional(text('A duration, or a time of day', '2h', 'until 08:00')),
      },
      { ...closed, minProperties: 1, maxProperties: 1, later: LATER_STEPS },
    ),
  ],
  { examples: ['pause'] },
)

export const RuleSchema = Type.Object(
  {
    id: text('Unique, kebab-case; renaming it makes a new rule', 'pause-expensive-adsets'),
    description: Type.Optional(text('What it is for', 'Too dear for three days')),
    account: Type.Optional(text('An account of tetik.yaml, or `all`', 'moda-tr')),
    scope: Type.Enum(['account', 'campaign', 'adset', 'ad'], { description: 'What it looks at, one by one', later: ['group'] }),
    where: Type.Optional(condition('Which entities')),
    every: Type.Optional(text('How often', '30m')),
    at: Type.Optional(
      Type.Union([text('Time of day', '09:00'), Type.Array(text('Time of day', '09:00'))], { examples: ['09:00'] }),
    ),
    cron: Type.Optional(text('Minute, hour, day of month, month, day of week', '0 9 * * 1-5')),
    timezone: Type.Optional(text('Zone of `at` and `cron`; the account’s without it', 'Europe/Istanbul')),
    when: Type.Optional(condition('When it fires')),
    for: Type.Optional(text('True at every evaluation for this long', '2h')),
    then: Type.Optional(Type.Array(StepSchema, { description: 'Steps, in order', examples: [['pause']] })),
    mode: Type.Optional(Type.Enum(['observe', 'act'], { description: '`observe` only records', later: ['ask'] })),
    cooldown: Type.Optional(text('Rest after carrying out, for this rule and entity', '24h')),
    clear: Type.Optional(condition('Not again before this was true')),
    limit: Type.Optional(text('Over all entities of the rule', '5 per day')),
    priority: Type.Optional(Type.Integer({ description: 'The higher wins', examples: [10] })),
    on_stop: Type.Optional(
      Type.Enum(['leave', 'start'], { description: '`start` lets go of its pause when the rule is stopped' }),
    ),
  },
  { ...closed, later: ['on', 'use', 'with', 'inputs', 'blueprint'] },
)

/** What an editor checks a condition against; `condition.ts` reads it. */
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

/** The whole of a rule file, as JSON Schema. */
export const RuleFileSchema = Type.Object(
  { rules: Type.Array(Type.Unsafe<YamlNode>({ $ref: '#/$defs/rule' }), { examples: [[]] }) },
  { ...closed, examples: ['rules:'], later: ['metrics', 'blueprints'], $defs: { condition: ConditionSchema, rule: RuleSchema } },
)

export type RuleSource = Static<typeof RuleSchema>
export type StepSource = Static<typeof StepSchema>
