import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import { parseKebabId } from '../../document/kebab-id.js'
import { text } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { defineStep, noTemplates, type StepContext } from './definition.js'

type LaunchStep = Extract<Step, { kind: 'launch' }>

const schema = text('Key of a launch spec, which is then applied', 'summer-sale')

export const launch = defineStep<LaunchStep, typeof schema>({
  name: 'launch',
  schema,
  bare: null,
  line: { pattern: /^[a-z\d-]+$/, example: 'summer-sale' },
  scopes: null,
  read: (written, { path, fields }, context) => readLaunchStep(written, path, fields, context),
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'the launch', tr: 'yayına alma' },
  does: {
    en: ({ key }, { quoted }) => `applies the launch spec ${quoted(key)}`,
    tr: ({ key }, { quoted }) => `${quoted(key)} yayın planını uygular`,
  },
  title: ({ key }) => `launch ${key}`,
  action: ({ key }) => `launch ${key} for`,
  carriedOutAs: 'launch',
  effect: 'spend',
  claims: null,
})

/** Null if there is an error, which is then reported. */
function readLaunchStep(
  written: string | undefined,
  path: string,
  fields: Fields,
  { launches, accounts }: Pick<StepContext, 'launches' | 'accounts'>,
): LaunchStep | null {
  const key = fields.read(path, written, (text) => parseKebabId(text, 'the key of a launch', 'summer-sale'))
  if (key === null || launches === null) return key === null ? null : { kind: 'launch', key }
  const account = launches.get(key)
  if (account === undefined) {
    const keys = [...launches.keys()]
    const hint =
      didYouMean(key, keys) ??
      (keys.length === 0
        ? 'specs are in specs/, each with its `launch:`'
        : `there are ${keys.map((one) => `\`${one}\``).join(', ')}`)
    fields.fault(path, 'unknown-launch', `no spec has \`launch: ${key}\``, hint)
    return null
  }
  const other = account === null ? undefined : accounts?.find((name) => name !== account)
  if (other !== undefined) {
    const message = `\`${key}\` belongs to the account ${account}, and the rule covers ${other}`
    fields.fault(path, 'wrong-account', message, 'a rule launches for its own account')
    return null
  }
  return { kind: 'launch', key }
}
