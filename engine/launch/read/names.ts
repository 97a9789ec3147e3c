/** Checks that keys are unique in the file, and names within the same parent at Meta. */

import type { Fields } from '../../document/fields.js'
import type { AdsetSource, AdSource } from './schema.js'

type Loose<T> = readonly (Partial<T> | undefined)[]

/** Reports duplicates. After a lost answer, tetik finds an object by its name within its parent, so names must be unique there. */
export function checkNames(adsets: Loose<AdsetSource>, ads: Loose<AdSource>, fields: Fields): void {
  checkUnique(
    adsets.map((adset) => adset?.key),
    'adsets',
    'key',
    fields,
    (key) => `the key \`${key}\` is used twice`,
  )
  checkUnique(
    ads.map((ad) => ad?.key),
    'ads',
    'key',
    fields,
    (key) => `the key \`${key}\` is used twice`,
  )
  const taken = (name: string): string => `another ad set is already named \`${name}\``
  checkUnique(
    adsets.map((adset) => adset?.name ?? adset?.key),
    'adsets',
    'name',
    fields,
    taken,
  )
  const names = new Map<string, Set<string>>()
  for (const [index, ad] of ads.entries()) {
    const name = ad?.name ?? ad?.key
    if (ad === undefined || name === undefined) continue
    for (const adset of new Set(ad.adsets ?? [])) {
      const taken = names.get(adset) ?? new Set()
      if (taken.has(name.normalize())) {
        report(fields, `ads/${index}`, 'name', `another ad in \`${adset}\` is already named \`${name}\``)
        break
      }
      names.set(adset, taken.add(name.normalize()))
    }
  }
}

function checkUnique(
  values: readonly (string | undefined)[],
  path: string,
  part: 'key' | 'name',
  fields: Fields,
  message: (value: string) => string,
): void {
  const seen = new Set<string>()
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue
    if (seen.has(value.normalize())) report(fields, `${path}/${index}`, part, message(value))
    seen.add(value.normalize())
  }
}

function report(fields: Fields, path: string, part: 'key' | 'name', message: string): void {
  const at = fields.has(`${path}/${part}`) ? `${path}/${part}` : `${path}/key`
  const hint =
    part === 'key'
      ? 'a key identifies an object: choose another one'
      : 'after a lost answer, tetik finds an object by its name: choose another one'
  fields.fault(at, 'duplicate-name', message, hint)
}
