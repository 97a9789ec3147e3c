import { loadSettings } from '../engine/account/load.js'
import { isError } from '../engine/diagnostic/fault.js'
import { sortDiagnostics } from '../engine/diagnostic/source.js'
import { loadRules } from '../engine/rule/load.js'
import type { RuleSets } from './rule-sets.js'
import type { CheckResult } from './views/check.js'

/** Checks every set against its own `tetik.yaml`. `strict` lets warnings fail. */
export function checkRuleSets({ sets, diagnostics: unreadable }: RuleSets, strict: boolean): CheckResult {
  const checked = sets.map(({ settings, files }) => {
    const own = settings === null ? null : loadSettings(settings.path, settings.text)
    const loaded = loadRules(files, own?.settings ?? null)
    return { rules: loaded.rules, diagnostics: [...(own?.diagnostics ?? []), ...loaded.diagnostics] }
  })
  const diagnostics = sortDiagnostics([...unreadable, ...checked.flatMap((set) => set.diagnostics)])
  return {
    ok: !diagnostics.some((diagnostic) => strict || isError(diagnostic)),
    files: [
      ...sets.flatMap(({ settings, files }) => [...(settings ? [settings.path] : []), ...files.map(({ path }) => path)]),
      ...unreadable.map(({ file }) => file),
    ],
    rules: checked.flatMap(({ rules }) => rules),
    diagnostics,
  }
}
