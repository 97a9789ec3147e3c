/** `tetik plan` and `tetik apply`: runs them and sets the exit status. */

import { createInterface } from 'node:readline/promises'

import pc from 'picocolors'

import { renderDiagnostics } from '../../engine/diagnostic/render.js'
import { printableLines } from '../../engine/text/printable.js'
import { applyLaunch, findSpec, type FoundSpec, readPlan, SpecError } from '../../service/operations/launch-command.js'
import { loadServiceSettings } from '../../service/settings/settings.js'
import { hasChanges, planAsJson, planForPeople } from '../views/launch-plan.js'
import { appliedAsJson, appliedForPeople, campaignLink, progressLine } from '../views/launch.js'
import type { ApplyCommandOptions } from './apply.js'

export async function runPlan(name: string, json: boolean): Promise<void> {
  const service = loadServiceSettings()
  const found = await specNamed(name)
  if (found === null) return
  const reading = await readPlan(found, service)
  process.stdout.write(json ? planAsJson(reading) : planForPeople(reading))
}

export async function runApply(name: string, options: ApplyCommandOptions): Promise<void> {
  const service = loadServiceSettings()
  const found = await specNamed(name)
  if (found === null) return
  const overwriteDrift = options.overwriteDrift === true
  const reading = await readPlan(found, service)
  process.stderr.write(planForPeople(reading, overwriteDrift))
  const hasWork = hasChanges(reading, overwriteDrift) || reading.unanswered.length > 0
  if (hasWork && options.yes !== true && !(await isConfirmed())) {
    process.exitCode = 1
    return
  }
  let workflow = ''
  const leave = (): void => {
    process.stderr.write(
      `\nThe launch continues without this command, as ${workflow} in Temporal. \`tetik plan ${name}\` shows what remains to be done.\n`,
    )
    process.exit(130)
  }
  try {
    const applied = await applyLaunch(
      found,
      {
        rollback: options.rollback === true,
        overwriteDrift,
        onStarted: (workflowId) => {
          workflow = workflowId
          process.once('SIGINT', leave)
          process.stderr.write(pc.dim(`Started as ${workflowId}\n`))
        },
        onSilence: () =>
          void process.stderr.write('The launch has not begun yet. Is the worker running? `tetik up` starts it.\n'),
        onProgress: (row) => void process.stderr.write(progressLine(row) ?? ''),
      },
      service,
    )
    const link = campaignLink(found.account.id, applied.objects)
    process.stdout.write(options.json === true ? appliedAsJson(applied, link) : appliedForPeople(applied, link))
    process.exitCode = applied.run.state === 'done' ? 0 : 1
  } finally {
    process.off('SIGINT', leave)
  }
}

/** Finds the spec; returns null if it has errors, which are then shown. */
async function specNamed(name: string): Promise<FoundSpec | null> {
  try {
    const found = await findSpec(name, loadServiceSettings(), Date.now())
    report(found)
    return found
  } catch (error) {
    if (!(error instanceof SpecError) || error.diagnostics.length === 0) throw error
    report(error)
    process.stderr.write(`${printableLines(error.message)}\n`)
    process.exitCode = 2
    return null
  }
}

function report({ diagnostics, files }: Pick<FoundSpec, 'diagnostics' | 'files'>): void {
  if (diagnostics.length === 0) return
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const shown = renderDiagnostics(diagnostics, { textOf: (file) => texts.get(file), colour: pc.isColorSupported })
  process.stderr.write(`${shown}\n\n`)
}

/** Asks on the terminal; without one, only `--yes` applies a launch. */
async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write('Nothing was done: there is no terminal to confirm on. Use --yes.\n')
    return false
  }
  // Line editing would move the cursor, and cursor sequences are filtered from all output (`service/process/output.ts`).
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    const answer = await terminal.question('Apply it? [y/N] ')
    const isYes = /^\s*(y|yes|e|evet)\s*$/i.test(answer)
    if (!isYes) process.stderr.write('Nothing was done.\n')
    return isYes
  } finally {
    terminal.close()
  }
}
