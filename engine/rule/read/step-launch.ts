/** The step `launch`: which spec is applied. */

import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import { parseKebabId } from '../../document/kebab-id.js'
import type { Step } from '../rule.js'
import type { StepContext } from './step.js'

/** Null where there is a fault, which is then told. */
export function readLaunchStep(
  written: string | undefined,
  path: string,
  fields: Fields,
  { launches, accounts }: Pick<StepContext, 'launches' | 'accounts'>,
): Step | null {
  const key = fields.read(path, written, (text) => parseKebabId(text, 'the key of a launch', 'summer-sale'))
  if (key === null || launches === null) return key === null ? null : { kind: 'launch', key }
  const account = launches.get(key)
  if (account === undefined) {
    const keys = [...launches.keys()]
    const hint =
      didYouMean(key, keys) ??
      (keys.length === 0
        ? 'specs stand in specs/, each with its `launch:`'
        : `there are ${keys.map((one) => `\`${one}\``).join(', ')}`)
    fields.fault(path, 'unknown-launch', `no spec has \`launch: ${key}\``, hint)
    return null
  }
  const other = account === null ? undefined : accounts?.find((name) => name !== account)
  if (other !== undefined) {
    const message = `\`${key}\` is of the account ${account}, and the rule covers ${other}`
    fields.fault(path, 'wrong-account', message, 'a rule launches for its own account')
    return null
  }
  return { kind: 'launch', key }
}
