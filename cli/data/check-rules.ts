import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { loadSettings } from '../../engine/account/load.js'
import { isError } from '../../engine/diagnostic/fault.js'
import { sortDiagnostics } from '../../engine/diagnostic/source.js'
import { type LoadedLaunches, loadLaunches } from '../../engine/launch/read/load.js'
import { lintRules } from '../../engine/lint/lint.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { filesOfSet, type RuleSet, type RuleSets } from '../base/rule-sets.js'
import type { AccountData } from './check-data.js'
import type { CheckResult } from './check-result.js'

export interface CheckOptions {
  /** Epoch milliseconds. Clock changes are checked for the two years after it. */
  readonly now: number
  /** Whether the files are all files of a project, not only some that the user named. */
  readonly complete: boolean
  /** What the sets' paths are relative to (default: the current folder). */
  readonly folder?: string
  /** The accounts' data, if known. */
  readonly dataOf?: ReadonlyMap<RuleSet, AccountData>
}

/** Checks every set against its own `tetik.yaml` and lints it if it has no errors. With `strict`, warnings fail too. */
export function checkRuleSets(
  { sets, diagnostics: unreadable }: RuleSets,
  strict: boolean,
  options: CheckOptions = { now: Date.now(), complete: true },
): CheckResult {
  const checked = sets.map((set) => checkSet(set, options, unreadable.length === 0))
  const diagnostics = sortDiagnostics([...unreadable, ...checked.flatMap((set) => set.diagnostics)])
  return {
    ok: !diagnostics.some((diagnostic) => strict || isError(diagnostic)),
    files: [...sets.flatMap((set) => filesOfSet(set).map(({ path }) => path)), ...unreadable.map(({ file }) => file)],
    rules: checked.flatMap(({ rules }) => rules),
    launches: checked.flatMap(({ launches }) => launches),
    diagnostics,
    allowed: checked.flatMap(({ allowed }) => allowed),
  }
}

function checkSet(set: RuleSet, { now, complete, dataOf, folder = '.' }: CheckOptions, readable: boolean) {
  const { settings, files } = set
  const own = settings === null ? null : loadSettings(settings.path, settings.text)
  const launched = loadLaunches(set.specs ?? [], own?.settings ?? null, {
    now,
    hasFile: (path) => existsSync(resolve(folder, path)),
  })
  const launches = keysOfProject(set, launched)
  const loaded = loadRules(files, own?.settings ?? null, { library: set.library ?? [], ...(launches && { launches }) })
  const found = [...(own?.diagnostics ?? []), ...launched.diagnostics, ...loaded.diagnostics]
  const data = dataOf?.get(set)
  const linted = lintRules({
    files,
    rules: loaded.rules,
    settings: own?.settings ?? null,
    now,
    complete,
    sound: readable && !found.some(isError),
    ...(data === undefined ? {} : { dataOf: data }),
  })
  const diagnostics = [...found, ...linted.diagnostics]
  return { rules: loaded.rules, launches: launched.launches, diagnostics, allowed: linted.allowed }
}

/** Returns the launches that the step `launch` may name; null without a `tetik.yaml`, whose folder would contain them. */
function keysOfProject(
  { settings, specs = [], specLibrary = [] }: RuleSet,
  launched: LoadedLaunches,
): LoadedLaunches['keys'] | null {
  if (settings === null) return null
  if (specLibrary.length === 0) return launched.keys
  const { settings: own } = loadSettings(settings.path, settings.text)
  return loadLaunches([...specs, ...specLibrary], own).keys
}
