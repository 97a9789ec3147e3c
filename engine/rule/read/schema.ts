/** The form of a rule file: one source for its types, its check and the editor. */

import { type Static, Type } from 'typebox'

import type { YamlNode } from '../../document/yaml.js'
import { REPORT_PERIODS } from '../../value/period.js'

const closed = { additionalProperties: false } as const

const text = (description: string, ...examples: string[]) => Type.String({ description, examples })

/** Read as text, though YAML takes a bare number for one. */
const quantity = (description: string, ...examples: string[]) =>
  Type.Unsafe<string>({ type: ['string', 'number'], description, examples })

/** Conditions nest; their reader walks them itself, for it knows YAML's traps. */
const condition = (description: string) => Type.Unsafe<YamlNode>({ $ref: '#/$defs/condition', description })

const change = (what: string) =>
  Type.Union(
    [
      quantity('Relative or absolute', '+15%', '-20%', '500 TRY'),
      Type.Object(
        {
          change: quantity('Relative or absolute', '+15%', '-20%', '500 TRY'),
          min: Type.Optional(quantity(`The ${what} is never set below`, '200 TRY')),
          max: Type.Optional(quantity(`The ${what} is never set above`, '2000 TRY')),
        },
        closed,
      ),
    ],
    { examples: ['+15%'] },
  )

const template = (description: string, ...examples: string[]) => text(`${description}; expressions stand in braces`, ...examples)

const StepSchema = Type.Union(
  [
    Type.Enum(['pause', 'start', 'duplicate']),
    Type.Object(
      {
        start: Type.Optional(Type.Enum(['any'], { description: '`any` starts whoever paused it' })),
        budget: Type.Optional(change('budget')),
        bid: Type.Optional(change('bid')),
        duplicate: Type.Optional(
          Type.Object(
            {
              name: Type.Optional(template('Name of the copy', '{adset.name} | copy')),
              status: Type.Optional(
                Type.Enum(['paused', 'active'], {
                  description: 'Paused, unless it says otherwise; only a copy of an ad can be active',
                }),
              ),
            },
            closed,
          ),
        ),
        rename: Type.Optional(template('The new name', '{adset.name} | tired')),
        label: Type.Optional(
          Type.Object(
            {
              add: Type.Optional(Type.Array(text('A label', 'tired'), { examples: [['tired']] })),
              remove: Type.Optional(Type.Array(text('A label', 'new'), { examples: [['new']] })),
            },
            { ...closed, minProperties: 1 },
          ),
        ),
        whatsapp: Type.Optional(
          Type.Object(
            {
              to: text('A recipient of tetik.yaml', 'owner'),
              text: template('The message', '{adset.name} paused: CPA {cpa[last_3d]}'),
            },
            closed,
          ),
        ),
        webhook: Type.Optional(
          Type.Object(
            {
              url: text('Name of the environment variable that holds the address', '$SLACK_WEBHOOK'),
              body: Type.Optional(
                Type.Unsafe<YamlNode>({
                  $ref: '#/$defs/json',
                  description: 'What is sent as JSON; expressions stand in braces. The decision itself, without it',
                }),
              ),
            },
            closed,
          ),
        ),
        report: Type.Optional(
          Type.Union(
            [
              Type.Enum([...REPORT_PERIODS], { description: 'Of yesterday, or of the last week from Monday to Sunday' }),
              Type.Object(
                {
                  kind: Type.Enum([...REPORT_PERIODS], {
                    description: 'Of yesterday, or of the last week from Monday to Sunday',
                  }),
                  to: Type.Optional(text('A recipient of tetik.yaml who may read; without it the account’s owner', 'owner')),
                },
                closed,
              ),
            ],
            { examples: ['daily'] },
          ),
        ),
        ask: Type.Optional(
          Type.Object(
            {
              to: text('A recipient of tetik.yaml who may approve', 'owner'),
              text: template('The question', 'Raise the budget of {adset.name}?'),
              within: Type.Optional(quantity('How long the answer is waited for', '12h')),
            },
            closed,
          ),
        ),
        launch: Type.Optional(text('Key of a launch spec, which is then applied', 'summer-sale')),
        wait: Type.Optional(quantity('A duration, or a time of day', '2h', 'until 08:00')),
        check: Type.Optional(condition('Goes on only if this is true then')),
      },
      { ...closed, minProperties: 1, maxProperties: 1 },
    ),
  ],
  { examples: ['pause'] },
)

const id = text('Unique, kebab-case; renaming it makes a new rule', 'pause-expensive-adsets')
const description = Type.Optional(text('What it is for', 'Too dear for three days'))
const account = Type.Optional(text('An account of tetik.yaml, or `all`', 'moda-tr'))
const mode = Type.Optional(
  Type.Enum(['observe', 'ask', 'act'], { description: '`observe` only records, `ask` waits for an approval, `act` carries out' }),
)
const priority = Type.Optional(Type.Integer({ description: 'The higher wins', examples: [10] }))

/** What a rule and a blueprint have in common. */
const body = {
  description,
  scope: Type.Enum(['account', 'group', 'campaign', 'adset', 'ad'], { description: 'What it looks at, one by one' }),
  where: Type.Optional(condition('Which entities')),
  every: Type.Optional(quantity('How often', '30m')),
  at: Type.Optional(
    Type.Union([text('Time of day', '09:00'), Type.Array(text('Time of day', '09:00'))], { examples: ['09:00'] }),
  ),
  cron: Type.Optional(text('Minute, hour, day of month, month, day of week', '0 9 * * 1-5')),
  on: Type.Optional(text('At each event that comes to /hooks/<name>', 'order-paid')),
  timezone: Type.Optional(text('Zone of `at`, `cron` and `wait: until`; the account’s without it', 'Europe/Istanbul')),
  when: Type.Optional(condition('When it fires')),
  for: Type.Optional(quantity('True at every evaluation for this long', '2h')),
  then: Type.Optional(Type.Array(StepSchema, { description: 'Steps, in order', examples: [['pause']] })),
  mode,
  cooldown: Type.Optional(quantity('Rest after carrying out, for this rule and entity', '24h')),
  clear: Type.Optional(condition('Not again before this was true')),
  limit: Type.Optional(text('Over all entities of the rule', '5 per day')),
  priority,
  on_stop: Type.Optional(Type.Enum(['leave', 'start'], { description: '`start` lets go of its pause when the rule is stopped' })),
}

export const RuleSchema = Type.Object({ id, account, ...body }, closed)

/** What a blueprint makes of each of its uses. */
export const RuleBodySchema = Type.Object(body, closed)

/** A rule that is made of a blueprint. */
export const UseSchema = Type.Object(
  {
    id,
    description,
    use: text('Name of a blueprint', 'cap-cpa'),
    account,
    with: Type.Optional(Type.Record(Type.String(), quantity('What an input is here', '120 TRY'))),
    mode,
    priority,
  },
  closed,
)

export const INPUT_TYPES = ['money', 'number', 'percentage', 'duration', 'text', 'recipient'] as const

const BlueprintSchema = Type.Object(
  {
    name: text('What uses call it, kebab-case', 'cap-cpa'),
    description,
    inputs: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          {
            type: Type.Enum([...INPUT_TYPES], { description: 'Kind of value', examples: ['money'] }),
            description,
            default: Type.Optional(quantity('What it is where a use does not say', '120 TRY')),
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
  {
    metrics: Type.Optional(
      Type.Record(Type.String(), quantity('A metric of your own, from others', '(revenue * 0.35) / spend'), {
        description: 'Metrics of your own, from others; a window is given where one is used',
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
export type StepSource = Static<typeof StepSchema>
