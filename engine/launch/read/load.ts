/** Launch specs from text to launches, or to everything that is wrong with them. */

import type { Settings } from '../../account/account.js'
import type { Diagnostic } from '../../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../../diagnostic/source.js'
import { readYaml } from '../../document/yaml.js'
import type { LaunchSpec } from '../launch-spec.js'
import { type PlacedLaunch, readLaunch, type ReadOptions } from './launch.js'

export interface LaunchText {
  /** As diagnostics name it: relative to the folder of `tetik.yaml` where there is one. */
  readonly path: string
  readonly text: string
}

export interface LoadedLaunches {
  /** Those without a fault of their own, in the order of the files. Use them only where no diagnostic is an error. */
  readonly launches: readonly LaunchSpec[]
  /** Account by key of every spec, also of those with a fault: what the step `launch` of a rule may name. Null: not known. */
  readonly keys: ReadonlyMap<string, string | null>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * One file is one launch. `settings` is null where there is no `tetik.yaml`: then only the form is judged, and there are no
 * launches, for money and times are an account's. Never throws.
 */
export function loadLaunches(files: readonly LaunchText[], settings: Settings | null, options: ReadOptions = {}): LoadedLaunches {
  const launches: LaunchSpec[] = []
  const keys = new Map<string, string | null>()
  const seen = { key: new Map<string, string>(), campaign: new Map<string, string>() }
  const sources: SourceFile[] = []
  for (const { path, text } of files) {
    const source = new SourceFile(path, text)
    sources.push(source)
    const placed = open(source, settings, options)
    if (placed === null) continue
    const { key, account, campaign, launch } = placed
    if (key !== null) keys.set(key.text, account)
    const isKeyTaken = key !== null && isTaken(seen.key, key.text, source, key.span, duplicateKey)
    const isNameTaken =
      campaign !== null &&
      isTaken(seen.campaign, `${account} ${campaign.name.normalize()}`, source, campaign.span, duplicateCampaign(campaign.name))
    if (launch !== null && !isKeyTaken && !isNameTaken) launches.push(launch)
  }
  return { launches, keys, diagnostics: sortDiagnostics(sources.flatMap(({ diagnostics }) => diagnostics)) }
}

function open(source: SourceFile, settings: Settings | null, options: ReadOptions): PlacedLaunch | null {
  const file = readYaml(source)
  if (file === null) return null
  if (file.root !== null) {
    const placed = readLaunch(file, file.root, settings, options)
    if (settings === null && source.errorCount === 0) {
      const message = 'no tetik.yaml says of which account this is, so that its money and times were not judged'
      const span = placed.key?.span ?? { start: 0, end: 1 }
      source.report({ code: 'no-account', message, span, hint: 'write one next to the folder of the specs', severity: 'warning' })
    }
    return placed
  }
  if (file.brokenFrom === null) {
    const hint = 'it begins with `launch:` and a key, for example `launch: summer-sale`'
    source.report({
      code: 'empty',
      message: 'the file contains no launch',
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
  message: (where) => `this launch is in ${where} already`,
  hint: 'a key is unique over all files: what was made is known by it',
}

const duplicateCampaign = (name: string): Duplicate => ({
  code: 'duplicate-name',
  message: (where) => `a campaign of this account is called \`${name}\` in ${where} already`,
  hint: 'what was begun is found again by its name: give it another',
})

/** Reports a duplicate at its place. */
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
