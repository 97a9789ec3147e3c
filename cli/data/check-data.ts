/** Reads the entities of an account, for warnings about `where`: from a given file, else from the project's database. */

import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import type { Account } from '../../engine/account/account.js'
import { loadSettings } from '../../engine/account/load.js'
import { accountGroups, accountValues } from '../../engine/account/vocabulary.js'
import { isoDay } from '../../engine/clock/day.js'
import { startOfDay } from '../../engine/clock/zone.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { isError } from '../../engine/diagnostic/fault.js'
import type { Dataset } from '../../engine/facts/dataset.js'
import { factsOf } from '../../engine/facts/facts-of-dataset.js'
import type { SelectionData } from '../../engine/lint/findings/selection.js'
import { resultMeasure } from '../../engine/metric/result.js'
import { type ExportText, openExport } from '../../engine/read-export/open-export.js'
import { readExport } from '../../engine/read-export/read-export.js'
import type { RuleSet } from '../base/rule-sets.js'
import { accountNamed } from './data-account.js'

/** Returns the data of an account by its name; null stands for an account that is not named. */
export type AccountData = (account: string | null) => SelectionData | null

export interface DataOfSets {
  readonly dataOf: ReadonlyMap<RuleSet, AccountData>
  /** Why expected data is missing, a sentence each. */
  readonly notes: readonly string[]
}

const NOTHING = new Set<string>()

/**
 * Reads a file, which represents any account that a rule names. Only attributes of its entities are used, not their numbers.
 *
 * @param chosen the account that the export is from; null for any account that a rule names
 * @returns no data but diagnostics if the file cannot be read as an export
 */
export function dataOfFile(
  sets: readonly RuleSet[],
  file: ExportText,
  now: number,
  chosen: string | null = null,
): { readonly dataOf: ReadonlyMap<RuleSet, AccountData> | null; readonly diagnostics: readonly Diagnostic[] } {
  if (chosen !== null) {
    accountNamed(
      chosen,
      sets.map(({ settings }) => (settings === null ? null : loadSettings(settings.path, settings.text).settings)),
    )
  }
  const { opened, diagnostics } = openExport(file)
  if (opened === null || diagnostics.some(isError)) return { dataOf: null, diagnostics }
  const read = readExport(opened, { currency: opened.currency, needed: NOTHING, result: null })
  const { dataset } = read
  const faults = [...diagnostics, ...read.diagnostics]
  if (dataset === null) return { dataOf: null, diagnostics: faults }
  const dataOf = sets.map((set): [RuleSet, AccountData] => {
    const accounts = accountsOf(set)
    return [
      set,
      (name) => {
        if (chosen !== null && name !== null && name !== chosen) return null
        const account = accounts.find((account) => account.name === (name ?? chosen)) ?? null
        return { facts: factsFor(dataset, opened.currency, account, now), asOfNow: true }
      },
    ]
  })
  return { dataOf: new Map(dataOf), diagnostics: faults }
}

/** Reads what the last sync found of each account from the database in `.tetik/` next to each `tetik.yaml`, if there is one. */
export async function dataOfStores(sets: readonly RuleSet[], folder: string, now: number): Promise<DataOfSets> {
  const dataOf = new Map<RuleSet, AccountData>()
  const notes: string[] = []
  for (const set of sets) {
    if (set.settings === null) continue
    const file = join(dirname(resolve(folder, set.settings.path)), '.tetik', 'tetik.db')
    if (!(await isFile(file))) continue
    try {
      dataOf.set(set, await dataOfStore(file, accountsOf(set), now))
    } catch (error) {
      notes.push(`${file} could not be read, so \`where\` was not checked against the account’s data: ${reasonOf(error)}`)
    }
  }
  return { dataOf, notes }
}

async function dataOfStore(file: string, accounts: readonly Account[], now: number): Promise<AccountData> {
  const [{ openStoreReadOnly }, { loadFacts }] = await Promise.all([
    import('../../store/base/read-only.js'),
    import('../../activities/facts/load-facts.js'),
  ])
  const store = await openStoreReadOnly(file)
  try {
    const found = new Map<string, SelectionData>()
    for (const account of accounts) {
      const question = { at: now, knownAt: now, level: 'adset', days: false, hoursSince: null } as const
      const facts = (await loadFacts(store, account, question))(0)
      // An account that was never synced has no data yet.
      if (facts.entities('campaign').length > 0) found.set(account.name, { facts, asOfNow: false })
    }
    return (name) => (name === null ? null : (found.get(name) ?? null))
  } finally {
    await store.close()
  }
}

const accountsOf = ({ settings }: RuleSet): readonly Account[] =>
  settings === null ? [] : (loadSettings(settings.path, settings.text).settings?.accounts ?? [])

/** Returns facts as of the end of the file's last day. */
function factsFor(dataset: Dataset, currency: string | null, account: Account | null, now: number) {
  const timezone = account?.timezone ?? 'UTC'
  const at = dataset.days === null ? now : startOfDay(isoDay(dataset.days.last + 1), timezone) - 1
  return factsOf(dataset, {
    account: {
      name: account?.name ?? 'account',
      id: account?.id ?? null,
      currency: currency ?? account?.currency ?? null,
      timezone,
      result: (account && resultMeasure(account.result)) ?? 'purchases',
      gross: account?.gross ?? null,
      values: account === null ? {} : accountValues(account),
      groups: account === null ? [] : accountGroups(account),
    },
    at,
    pace: 0,
  })
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!
