/** Backtests on the stored data of an account: each day uses only what was known at its end. */

import { existsSync } from 'node:fs'

import { looksAtAds } from '../../activities/facts/rule-needs.js'
import { rulesOfAccount } from '../../activities/tick/rules-of-account.js'
import type { Account } from '../../engine/account/account.js'
import { loadSettings } from '../../engine/account/load.js'
import { formatLocalMinute } from '../../engine/clock/written-time.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { isError } from '../../engine/diagnostic/fault.js'
import { paceOf } from '../../engine/rule/cadence.js'
import { loadRules } from '../../engine/rule/read/load.js'
import type { Rule } from '../../engine/rule/rule.js'
import { openProjectStore } from '../../service/operations/project-store.js'
import { readProjectFiles } from '../../service/rules/project-files.js'
import { loadServiceSettings } from '../../service/settings/settings.js'
import { entitiesEver } from '../../store/account/entities-ever.js'
import { firstDaysRead } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { OptionError } from '../base/option-error.js'
import type { RuleSets } from '../base/rule-sets.js'
import type { BacktestRun } from '../data/run-backtest.js'
import { type Observed, openStoreSource } from './store-source.js'

export interface StoredNumbers {
  /** `runs` is null if the diagnostics contain an error. */
  runs(sets: RuleSets): Promise<{ readonly runs: readonly BacktestRun[] | null; readonly diagnostics: readonly Diagnostic[] }>
  close(): Promise<void>
}

/** @throws OptionError, StoreError, SettingsError */
export async function openStoredNumbers(name: string, folder: string, now: number): Promise<StoredNumbers> {
  const service = loadServiceSettings(process.env, folder)
  // Opening would create the database; a read-only command should not.
  if (!/^[a-z]+:/.test(service.storeUrl) && !existsSync(service.storeUrl))
    throw new OptionError('there is no database yet: start `tetik up` to create it, or give a file with --data')
  const { settings: file } = await readProjectFiles(service.folder)
  const settings = file === null ? null : loadSettings(file.path, file.text).settings
  const account = settings?.accounts.find((one) => one.name === name)
  if (account === undefined || settings === null) {
    const names = settings?.accounts.map((one) => one.name).join(', ')
    throw new OptionError(`tetik.yaml has no account ${name}${names ? `; it has ${names}` : ''}`)
  }
  const store = await openProjectStore(service)
  try {
    const observed = await observedOf(store, account, now)
    return {
      runs: async (sets) => {
        const loaded = sets.sets.map((set) => {
          const own = set.settings === null ? null : loadSettings(set.settings.path, set.settings.text)
          const { rules, diagnostics } = loadRules(set.files, own?.settings ?? settings, { library: set.library ?? [] })
          return { rules, diagnostics: [...(own?.diagnostics ?? []), ...diagnostics] }
        })
        const diagnostics = [...sets.diagnostics, ...loaded.flatMap((one) => one.diagnostics)]
        if (diagnostics.some(isError)) return { runs: null, diagnostics }
        const rules = rulesOfAccount(
          loaded.flatMap((one) => one.rules),
          settings,
          name,
        )
        return { runs: await runsOf(store, account, observed, rules, now), diagnostics }
      },
      close: () => store.close(),
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function observedOf(store: Store, account: Account, now: number): Promise<Observed> {
  const firstSync = await firstDaysRead(store, account.name, now)
  if (firstSync === null)
    throw new OptionError(`no data of ${account.name} has been read from Meta yet: start \`tetik up\` to read it`)
  const entities = (await entitiesEver(store, account.name)).map(({ level, id, name }) => ({ scope: level, key: id, id, name }))
  return { firstSync, entities }
}

/** Rules about ads use separate rows, so they are evaluated separately. */
async function runsOf(
  store: Store,
  account: Account,
  observed: Observed,
  rules: readonly Rule[],
  now: number,
): Promise<BacktestRun[]> {
  const levels = [
    { level: 'adset', rules: rules.filter((rule) => !looksAtAds(rule)) },
    { level: 'ad', rules: rules.filter(looksAtAds) },
  ] as const
  const runs: BacktestRun[] = []
  for (const { level, rules: own } of levels) {
    if (own.length === 0) continue
    const source = await openStoreSource({ store, account, observed, level, rules: own, now })
    const first = formatLocalMinute(observed.firstSync, account.timezone)
    const notes = [`${account.name} was first read on ${first}: earlier days are evaluated on what that sync returned for them.`]
    runs.push({ rules: own, source, notes, paceOf: (rule, at) => paceOf(rule, account.timezone, at) })
  }
  return runs
}
