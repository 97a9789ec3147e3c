/** Reads launch specs from text; reports everything that is wrong with them. */

import type { Settings } from '../../account/account.js'
import type { Diagnostic } from '../../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../../diagnostic/source.js'
import { readYaml } from '../../document/yaml.js'
import type { LaunchSpec } from '../launch-spec.js'
import { readLaunch, type ReadOptions, type ReadSpec } from './launch.js'

export interface LaunchText {
  /** As in diagnostics: relative to the folder of `tetik.yaml` if there is one. */
  readonly path: string
  readonly text: string
}

export interface LoadedLaunches {
  /** The specs without errors of their own, in the order of the files. Use them only if no diagnostic is an error. */
  readonly launches: readonly LaunchSpec[]
  /** Account by key of every spec, including those with errors: the keys that a rule's step `launch` may name. Null: not known. */
  readonly keys: ReadonlyMap<string, string | null>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads one launch per file. Never throws.
 *
 * @param settings null if there is no `tetik.yaml`. Then only the format is checked, and no specs are returned, because money and times
 *   depend on the account
 */
export function loadLaunches(files: readonly LaunchText[], settings: Settings | null, options: ReadOptions = {}): LoadedLaunches {
  const launches: LaunchSpec[] = []
  const keys = new Map<string, string | null>()
  const seen = { key: new Map<string, string>(), campaign: new Map<string, string>() }
  const sources: SourceFile[] = []
  for (const { path, text } of files) {
    const source = new SourceFile(path, text)
    sources.push(source)
    const read = open(source, settings, options)
    if (read === null) continue
    const { key, account, campaign, spec } = read
    if (key !== null) keys.set(key.text, account)
    const isKeyTaken = key !== null && isTaken(seen.key, key.text, source, key.span, duplicateKey)
    const isNameTaken =
      campaign !== null &&
      isTaken(seen.campaign, `${account} ${campaign.name.normalize()}`, source, campaign.span, duplicateCampaign(campaign.name))
    if (spec !== null && !isKeyTaken && !isNameTaken) launches.push(spec)
  }
  return { launches, keys, diagnostics: sortDiagnostics(sources.flatMap(({ diagnostics }) => diagnostics)) }
}

function open(source: SourceFile, settings: Settings | null, options: ReadOptions): ReadSpec | null {
  const file = readYaml(source)
  if (file === null) return null
  if (file.root !== null) {
    const read = readLaunch(file, file.root, settings, options)
    if (settings === null && source.errorCount === 0) {
      const message = 'there is no tetik.yaml with the account, so money and times were not checked'
      const span = read.key?.span ?? { start: 0, end: 1 }
      source.report({
        code: 'no-account',
        message,
        span,
        hint: 'create one next to the folder of the specs',
        severity: 'warning',
      })
    }
    return read
  }
  if (file.brokenFrom === null) {
    const hint = 'begin with `launch:` and a key, for example `launch: summer-sale`'
    source.report({
      code: 'empty',
      message: 'the file contains no launch spec',
      span: { start: 0, end: 1 },
      hint,
      severity: 'warning',
    })
  }
  return null
}

interface Duplicate {
  readonly code: string
  readonly message: (where: string) => string
  readonly hint: string
}

const duplicateKey: Duplicate = {
  code: 'duplicate-id',
  message: (where) => `the launch already exists in ${where}`,
  hint: 'a key must be unique over all files: it identifies what the launch created',
}

const duplicateCampaign = (name: string): Duplicate => ({
  code: 'duplicate-name',
  message: (where) => `the account already has a campaign named \`${name}\` in ${where}`,
  hint: 'after a lost answer, tetik finds the campaign by its name: choose another one',
})

/** Whether the value was seen before; then it is reported. */
function isTaken(
  seen: Map<string, string>,
  value: string,
  source: SourceFile,
  span: { readonly start: number; readonly end: number },
  { code, message, hint }: Duplicate,
): boolean {
  const before = seen.get(value)
  if (before !== undefined) {
    source.report({ code, message: message(before), span, hint })
    return true
  }
  seen.set(value, `${source.path}:${source.place(span.start).line}`)
  return false
}
