/** Reads `groups:`: campaigns of one account that are treated as one entity. */

import { didYouMean } from '../diagnostic/nearest.js'
import type { Fields } from '../document/fields.js'
import { parseMoney } from '../expression/read/amount.js'
import { globsOverlap } from '../text/glob-overlap.js'
import { parseName } from './account-name.js'
import type { Account, Group } from './account.js'
import type { GroupSource } from './schema.js'

/** Meta's limit for the name of a campaign; a longer glob is never needed. */
const LONGEST_GLOB = 400

export function readGroups(
  written: readonly (Partial<GroupSource> | undefined)[] | undefined,
  accounts: readonly Account[],
  names: readonly string[],
  fields: Fields,
): readonly Group[] {
  const groups = (written ?? []).map((group, index) =>
    group === undefined ? null : readGroup(group, `groups/${index}`, accounts, names, fields),
  )
  warnOfOverlaps(groups, fields)
  return groups.filter((group) => group !== null)
}

function readGroup(
  written: Partial<GroupSource>,
  path: string,
  accounts: readonly Account[],
  names: readonly string[],
  fields: Fields,
): Group | null {
  const name = fields.read(`${path}/name`, written.name, parseName)
  const account = accountOf(written.account, path, names, fields)
  const globs = (written.campaigns ?? []).flatMap((glob, index) => {
    if (glob === undefined) return []
    if (glob.length <= LONGEST_GLOB) return [glob]
    fields.fault(`${path}/campaigns/${index}`, 'too-long', `no campaign’s name is longer than ${LONGEST_GLOB} characters`)
    return []
  })
  if (written.campaigns?.length === 0) {
    fields.fault(`${path}/campaigns`, 'empty', 'the group has no campaigns', 'for example `["TR | Moda*"]`')
  }
  const known = accounts.find((one) => one.name === account)
  const vocabulary = {
    scope: null,
    accounts: known === undefined ? null : [{ name: known.name, currency: known.currency, values: null }],
  }
  const budget = fields.read(`${path}/monthly_budget`, written.monthly_budget, (text) => parseMoney(text, vocabulary))
  if (name === null || account === null) return null
  return {
    name,
    account,
    campaigns: globs,
    monthlyBudget: budget === null ? null : { value: budget.value, unit: 'money', currency: budget.currency },
  }
}

/** Returns the account's name; it may be left out if there is only one account. */
function accountOf(written: string | undefined, path: string, names: readonly string[], fields: Fields): string | null {
  if (written === undefined) {
    if (names.length === 1) return names[0]!
    fields.fault(`${path}/name`, 'missing-account', 'the group names no account', `\`account:\` is one of ${names.join(', ')}`)
    return null
  }
  if (names.includes(written)) return written
  fields.fault(`${path}/account`, 'unknown-account', `there is no account \`${written}\``, didYouMean(written, names))
  return null
}

/** Warns if a campaign may be in two groups: rules then see no group for it, and it counts in the sums of both. */
function warnOfOverlaps(groups: readonly (Group | null)[], fields: Fields): void {
  for (const [index, group] of groups.entries()) {
    if (group === null) continue
    for (const [at, glob] of group.campaigns.entries()) {
      const other = groups
        .slice(0, index)
        .find((before) => before?.account === group.account && before.campaigns.some((one) => globsOverlap(one, glob)))
      if (!other) continue
      fields.warning(
        `groups/${index}/campaigns/${at}`,
        'groups-overlap',
        `a campaign may be in \`${other.name}\` and in \`${group.name}\`: it then has no one group, and counts in the sums of both`,
        'let each campaign fit the globs of one group',
      )
    }
  }
}
