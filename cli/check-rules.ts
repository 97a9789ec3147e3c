import { loadSettings } from '../engine/account/load.js'
import { isError } from '../engine/diagnostic/fault.js'
import { sortDiagnostics } from '../engine/diagnostic/source.js'
import { lintRules } from '../engine/lint/lint.js'
import { loadRules } from '../engine/rule/load.js'
import type { AccountData } from './check-data.js'
import type { RuleSet, RuleSets } from './rule-sets.js'
import type { CheckResult } from './views/check.js'

export interface CheckOptions {
  /** Epoch milliseconds: changes of summer time are looked for in the two years after. */
  readonly now: number
  /** Whether the files are all of a project's, and not some that were named. */
  readonly complete: boolean
  /** What the accounts have, where that is known. */
  readonly dataOf?: ReadonlyMap<RuleSet, AccountData>
}

/** Checks every set against its own `tetik.yaml`, and lints what has no error. `strict` lets warnings fail. */
export function checkRuleSets(
  { sets, diagnostics: unreadable }: RuleSets,
  strict: boolean,
  options: CheckOptions = { now: Date.now(), complete: true },
): CheckResult {
  const checked = sets.map((set) => checkSet(set, options, unreadable.length === 0))
  const diagnostics = sortDiagnostics([...unreadable, ...checked.flatMap((set) => set.diagnostics)])
  return {
    ok: !diagnostics.some((diagnostic) => strict || isError(diagnostic)),
    files: [
      ...sets.flatMap(({ settings, files }) => [...(settings ? [settings.path] : []), ...files.map(({ path }) => path)]),
      ...unreadable.map(({ file }) => file),
    ],
    rules: checked.flatMap(({ rules }) => rules),
    diagnostics,
    allowed: checked.flatMap(({ allowed }) => allowed),
  }
}

function checkSet(set: RuleSet, { now, complete, dataOf }: CheckOptions, readable: boolean) {
  const { settings, files } = set
  const own = settings === null ? null : loadSettings(settings.path, settings.text)
  const loaded = loadRules(files, own?.settings ?? null, { library: set.library ?? [] })
  const found = [...(own?.diagnostics ?? []), ...loaded.diagnostics]
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
  return { rules: loaded.rules, diagnostics: [...found, ...linted.diagnostics], allowed: linted.allowed }
}
