/** What `tetik check` does once its arguments are parsed. */

import pc from 'picocolors'

import { isError } from '../../engine/diagnostic/fault.js'
import { renderDiagnostics } from '../../engine/diagnostic/render.js'
import { OptionError } from '../base/option-error.js'
import { repositoryPath } from '../base/repository-path.js'
import { filesOfSet, isFolderPath, readRuleSets, type RuleSets } from '../base/rule-sets.js'
import { note } from '../base/stderr-lines.js'
import { dataOfFile, type DataOfSets, dataOfStores } from '../data/check-data.js'
import { checkRuleSets } from '../data/check-rules.js'
import { readData } from '../data/read-data.js'
import { checkForGitHub } from '../views/check-github.js'
import { checkAsSarif } from '../views/check-sarif.js'
import { checkAsJson, type CheckFormat, checkForPeople, type CheckView } from '../views/check.js'

export interface RunCheckOptions {
  readonly data?: string
  readonly account?: string
  readonly format?: CheckFormat
  readonly strict?: true
}

/** Prints the result and sets the exit status: 0 no faults, 1 faults, 2 if the data cannot be read. */
export async function runCheck(paths: readonly string[], options: RunCheckOptions): Promise<void> {
  const folder = process.cwd()
  const now = Date.now()
  const read = await readRuleSets(paths, folder)
  const data = await dataFor(read, folder, now, options)
  if (data === null) {
    process.exitCode = 2
    return
  }
  for (const text of data.notes) note(text)
  const complete = (await Promise.all(paths.map((path) => isFolderPath(path, folder)))).every(Boolean)
  const result = checkRuleSets(read, options.strict === true, { now, complete, dataOf: data.dataOf })
  process.stdout.write((await viewOf(options.format ?? 'human', read, folder))(result))
  process.exitCode = result.ok ? 0 : 1
}

/** Returns null if the file has a fault, which is then printed. */
async function dataFor(
  { sets }: RuleSets,
  folder: string,
  now: number,
  { data: path, account }: RunCheckOptions,
): Promise<DataOfSets | null> {
  if (path === undefined && account !== undefined)
    throw new OptionError('--account needs --data: it names the account that the export is from')
  if (path === undefined) return dataOfStores(sets, folder, now)
  const text = await readData(path)
  const { dataOf, diagnostics } = dataOfFile(sets, { path, text }, now, account ?? null)
  if (dataOf !== null) return { dataOf, notes: [] }
  const errors = diagnostics.filter(isError)
  process.stderr.write(`${renderDiagnostics(errors, { textOf: () => text, colour: pc.isColorSupported })}\n`)
  return null
}

async function viewOf(format: CheckFormat, { sets }: RuleSets, folder: string): Promise<CheckView> {
  switch (format) {
    case 'json':
      return checkAsJson
    case 'github':
      return checkForGitHub(await repositoryPath(folder, process.env['GITHUB_WORKSPACE']))
    case 'sarif':
      return checkAsSarif(await repositoryPath(folder, process.env['GITHUB_WORKSPACE']))
    case 'human': {
      const texts = new Map(sets.flatMap(filesOfSet).map(({ path, text }) => [path, text]))
      return checkForPeople({ textOf: (file) => texts.get(file), colour: pc.isColorSupported })
    }
  }
}
