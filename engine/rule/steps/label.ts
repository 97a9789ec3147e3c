import { Type } from 'typebox'

import type { Fields } from '../../document/fields.js'
import { closed, text } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { defineStep, DELIVERED, noTemplates } from './definition.js'

type LabelStep = Extract<Step, { kind: 'label' }>

/** In characters (Marketing API, "Ad label"). */
const LONGEST_LABEL = 50

const schema = Type.Object(
  {
    add: Type.Optional(Type.Array(text('A label', 'tired'), { examples: [['tired']] })),
    remove: Type.Optional(Type.Array(text('A label', 'new'), { examples: [['new']] })),
  },
  { ...closed, minProperties: 1 },
)

export const label = defineStep<LabelStep, typeof schema>({
  name: 'label',
  schema,
  bare: null,
  line: { pattern: /^$/, example: '{ add: [tired] }' },
  scopes: DELIVERED,
  read: (written, { path, fields }) => readLabel(written, path, fields),
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'labelling', tr: 'etiketleme' },
  does: {
    en: ({ add, remove }, { list }) =>
      [add.length > 0 ? `adds the label ${list(add)}` : '', remove.length > 0 ? `removes the label ${list(remove)}` : '']
        .filter(Boolean)
        .join(' and '),
    tr: ({ add, remove }, { list }) =>
      [add.length > 0 ? `${list(add)} etiketini ekler` : '', remove.length > 0 ? `${list(remove)} etiketini kaldırır` : '']
        .filter(Boolean)
        .join(' ve '),
  },
  title: ({ add, remove }) => `label ${[...add.map((one) => `+${one}`), ...remove.map((one) => `-${one}`)].join(' ')}`,
  action: () => 'label',
  carriedOutAs: 'change',
  effect: 'label',
  claims: 'labels',
})

function readLabel(
  written: {
    readonly add?: readonly (string | undefined)[] | undefined
    readonly remove?: readonly (string | undefined)[] | undefined
  },
  path: string,
  fields: Fields,
): LabelStep | null {
  const given = (key: 'add' | 'remove'): readonly string[] => [
    ...new Set((written[key] ?? []).flatMap((label) => label?.trim() ?? [])),
  ]
  const [add, remove] = [given('add'), given('remove')]
  if (add.length + remove.length === 0) {
    // A list with an error of its own is not reported as missing as well.
    const isFaulty = (['add', 'remove'] as const).some(
      (key) => (written[key] === undefined && fields.has(`${path}/${key}`)) || written[key]?.includes(undefined) === true,
    )
    if (!isFaulty) fields.fault(path, 'empty', 'the step names no label', 'for example `label: { add: [tired] }`')
    return null
  }
  const both = add.find((label) => remove.includes(label))
  if (both !== undefined) {
    fields.fault(`${path}/remove`, 'contradiction', `\`${both}\` is both added and removed`, 'take one of the two out')
    return null
  }
  const long = [...add, ...remove].find((label) => label === '' || label.length > LONGEST_LABEL)
  if (long === undefined) return { kind: 'label', add, remove }
  fields.fault(path, 'out-of-range', `a label has one to ${LONGEST_LABEL} characters`)
  return null
}
