/** Output of `tetik worker`: events go to standard output, errors and warnings to standard error. */

import pc from 'picocolors'

import { renderDiagnostics } from '../../engine/diagnostic/render.js'
import { printable } from '../../engine/text/printable.js'
import type { Output } from '../../service/process/output.js'
import type { RuleReload } from '../../service/rules/rules.js'
import type { WorkerReports } from '../../service/worker/worker.js'

interface WorkerViewOptions {
  /** Whether each line begins with the time of day. */
  readonly clock: boolean
  readonly now?: () => Date
}

export function workerView(output: Output, errors: Output, { clock, now = () => new Date() }: WorkerViewOptions): WorkerReports {
  const time = (): string => (clock ? `${pc.dim(now().toTimeString().slice(0, 8))} ` : '')
  const say = (text: string): void => void output.write(`${time()}${text}\n`)
  return {
    announce: (line) => say(printable(line)),
    warn: (line) => void errors.write(`${time()}${printable(line)}\n`),
    rules: (reload) => {
      const texts = new Map(reload.files.map(({ path, text }) => [path, text]))
      const shown = renderDiagnostics(reload.diagnostics, {
        textOf: (file) => texts.get(file),
        colour: pc.isColorSupported,
      })
      if (shown !== '') errors.write(`${shown}\n`)
      if (reload.loaded === null) {
        errors.write(`${time()}The files have errors, so nothing was loaded: the previous rules stay active.\n`)
        return
      }
      say(printable(changeLine(reload)))
    },
  }
}

function changeLine({ loaded, launches, stopped }: RuleReload): string {
  if (loaded === null) return ''
  const { added, changed, removed, unchanged } = loaded
  const count = added.length + changed.length + unchanged.length
  const parts = [
    count === 1 ? '1 rule active' : `${count} rules active`,
    ...named('new', added),
    ...named('changed', changed),
    ...named('removed', removed),
    ...(launches === null ? ['launch specs have errors, so the previous ones stay active'] : launchParts(launches)),
    ...(stopped.length > 0 ? [`${stopped.length} waiting runs stopped`] : []),
  ]
  return parts.join(' · ')
}

const launchParts = ({ added, changed, removed }: NonNullable<RuleReload['launches']>): string[] => [
  ...named('new launch specs', added),
  ...named('changed launch specs', changed),
  ...named('removed launch specs', removed),
]

const named = (word: string, ids: readonly string[]): string[] => (ids.length === 0 ? [] : [`${word}: ${ids.join(', ')}`])
