/**
 * Loads rule files: reads and checks them as a whole, writes them to the store in one transaction, updates the schedules, and signals
 * carry-outs of removed rules. Launch specs are loaded too, as a separate set. The worker does this at start and when files change,
 * the API on request.
 */

import { WorkflowNotFoundError } from '@temporalio/client'

import { rulesOfAccount } from '../../activities/tick/rules-of-account.js'
import type { Settings } from '../../engine/account/account.js'
import { DEFAULT_SETTINGS, loadSettings } from '../../engine/account/load.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { loadRules } from '../../engine/rule/read/load.js'
import type { Rule } from '../../engine/rule/rule.js'
import { listAccounts } from '../../store/account/accounts.js'
import type { Store } from '../../store/base/store.js'
import { openDecisions } from '../../store/decisions/decisions.js'
import { type LaunchSetChange, replaceLaunches } from '../../store/launches/launches.js'
import { loadedRules, replaceRules, type RuleSetChange } from '../../store/rules/rules.js'
import { ruleStopped } from '../../workflows/base/contracts.js'
import type { TetikClient } from '../temporal/connection.js'
import { reconcileSchedules, type ScheduleChanges, type Watch, watchOf } from '../temporal/schedules.js'
import { commitOfFiles } from './commit-of-files.js'
import { tellOfGoneRules } from './gone-rules.js'
import { readProjectFiles, RULES_FOLDER, SETTINGS_FILE, type TextFile } from './project-files.js'
import { readSpecs, type ReadSpecs } from './specs.js'

export interface RulesContext {
  readonly store: Store
  readonly temporal: TetikClient
  /** The project's folder. */
  readonly folder: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface RuleReload {
  /** What changed; null if the files have errors, so that nothing was changed. */
  readonly loaded: RuleSetChange | null
  /** The current `tetik.yaml`, even if rule files have errors; null if it has errors itself. */
  readonly settings: Settings | null
  /** The files that were read, to show the lines of diagnostics. */
  readonly files: readonly TextFile[]
  readonly diagnostics: readonly Diagnostic[]
  /** What changed of the launch specs; null if they or `tetik.yaml` have errors: then the loaded ones stay. */
  readonly launches: LaunchSetChange | null
  readonly schedules: ScheduleChanges | null
  /** Decisions whose carry-outs were signalled because their rule or account is gone. */
  readonly stopped: readonly string[]
}

/**
 * Reads the files and loads them if none has an error. Repeating it changes nothing.
 *
 * @throws UnreadableFileError if a file exists and cannot be read; nothing is changed then
 */
export async function reloadRules(context: RulesContext): Promise<RuleReload> {
  const { store, temporal, folder, now } = context
  const { settings, rules, specs, ...found } = await readRules(folder)
  const before = (await loadedRules(store)).map(({ rule }) => rule)
  const unchanged = { loaded: null, schedules: null, stopped: [] }
  if (settings?.accounts.length === 0 && rules.length + before.length > 0) {
    const diagnostics = [noAccount(settings), ...found.diagnostics, ...specs.diagnostics]
    return { ...found, ...unchanged, settings: null, diagnostics, launches: null }
  }
  // Specs come first, since rules may launch them. An error in one set does not block the other.
  const launches = settings === null || hasErrors(specs.diagnostics) ? null : await replaceLaunches(store, specs.launches, now())
  const read = { ...found, diagnostics: [...found.diagnostics, ...specs.diagnostics], launches }
  if (settings === null || hasErrors(found.diagnostics)) return { ...read, ...unchanged, settings }
  const loaded = await replaceRules(store, {
    rules,
    commitSha: await commitOfFiles(`${folder}/${RULES_FOLDER}`),
    loadedAt: now(),
  })
  const known = (await listAccounts(store)).map(({ name }) => name)
  const { watches, idle } = watchesOf(settings, before, rules, now(), known)
  const schedules = await reconcileSchedules(temporal, watches, idle)
  const stopped = await stopCarryOuts(context, settings, rules, known)
  const gone = before.filter(({ id }) => loaded.removed.includes(id))
  if (gone.length > 0) await tellOfGoneRules(context, settings, gone)
  return { ...read, settings, loaded, schedules, stopped }
}

/** A `tetik.yaml` that was removed or emptied would silence every rule without notifying anybody. */
const noAccount = ({ file }: Settings): Diagnostic => ({
  code: 'no-account',
  severity: 'error',
  message: file === null ? `there is no ${SETTINGS_FILE}, so there are no accounts` : 'there is no account in it',
  file: SETTINGS_FILE,
  line: 1,
  column: 1,
  length: 1,
  hint: 'rules act on the accounts that are listed there',
})

interface ReadRules extends Pick<RuleReload, 'settings' | 'diagnostics' | 'files'> {
  readonly rules: readonly Rule[]
  readonly specs: ReadSpecs
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(({ severity }) => severity === 'error')

/**
 * Reads and checks the files as a whole. Read-only.
 *
 * @throws UnreadableFileError
 */
export async function readRules(folder: string): Promise<ReadRules> {
  const files = await readProjectFiles(folder)
  const read =
    files.settings === null
      ? { settings: DEFAULT_SETTINGS, diagnostics: [] }
      : loadSettings(files.settings.path, files.settings.text)
  // Rules are read even if the settings have errors, so that all errors are reported at once.
  const known = files.settings === null ? null : read.settings
  const specs = readSpecs(files.specs, known)
  const { rules, diagnostics } = loadRules(files.rules, known, { launches: specs.keys })
  return {
    settings: read.settings,
    rules,
    specs,
    diagnostics: [...read.diagnostics, ...diagnostics],
    files: [...(files.settings === null ? [] : [files.settings]), ...files.rules, ...files.specs],
  }
}

/**
 * Updates the schedules for the rules in the store: for a start with faulty files, when the store has the last valid set.
 */
export async function resumeRules({ store, temporal, now }: RulesContext, settings: Settings): Promise<void> {
  const rules = (await loadedRules(store)).map(({ rule }) => rule)
  const { watches } = watchesOf(settings, rules, rules, now())
  await reconcileSchedules(temporal, watches, [])
}

/** Returns the accounts to watch, and those of this installation to watch no longer. @param known accounts that were synced before */
function watchesOf(
  settings: Settings,
  before: readonly Rule[],
  rules: readonly Rule[],
  now: number,
  known: readonly string[] = [],
): { watches: Watch[]; idle: string[] } {
  const watches = settings.accounts.map((account) => watchOf(account, rulesOfAccount(rules, settings, account.name), now))
  const watched = new Set(watches.map(({ account }) => account))
  const named = before.flatMap(({ account }) => (account === null || account === 'all' ? [] : [account]))
  const ours = new Set([...settings.accounts.map(({ name }) => name), ...named, ...known])
  return { watches, idle: [...ours].filter((account) => !watched.has(account)) }
}

/** Signals every carry-out whose rule or account is gone, whichever process removed it; repeating it is harmless. */
async function stopCarryOuts(
  { store, temporal }: RulesContext,
  { accounts }: Settings,
  rules: readonly Rule[],
  known: readonly string[],
): Promise<string[]> {
  const loadedIds = new Set(rules.map(({ id }) => id))
  const present = new Set(accounts.map(({ name }) => name))
  const stopped: string[] = []
  for (const name of new Set([...present, ...known])) {
    const reasonFor = (rule: string): string =>
      present.has(name) ? `${rule} is no longer loaded` : `${SETTINGS_FILE} has no account ${name} any more`
    for (const decision of await openDecisions(store, name)) {
      if ((present.has(name) && loadedIds.has(decision.rule)) || decision.workflow_id === null) continue
      try {
        await temporal.workflow.getHandle(decision.workflow_id).signal(ruleStopped, { reason: reasonFor(decision.rule) })
        stopped.push(decision.id)
      } catch (error) {
        // It has ended in the meantime.
        if (!(error instanceof WorkflowNotFoundError)) throw error
      }
    }
  }
  return stopped
}
