/** Output of `tetik up`: a line for each event, with a colour for each process; or the same events as JSON lines. */

import pc from 'picocolors'

import { printable, printableLines } from '../../engine/text/printable.js'
import type { Output } from '../../service/process/output.js'
import type { UpEvent } from '../../service/up.js'

type View = (event: UpEvent) => void

const COLOURS = { temporal: pc.magenta, sandbox: pc.yellow, worker: pc.green, api: pc.cyan } as const

export function jsonUpView(output: Output): View {
  return (event) => output.write(`${JSON.stringify(event)}\n`)
}

export function humanUpView(output: Output, now: () => Date = () => new Date()): View {
  const say = (text: string): void => void output.write(`${text}\n`)
  const line = (part: string, text: string): void => say(`${pc.dim(clock(now()))} ${nameOf(part)} ${text}`)
  let stopping = false
  return (event) => {
    switch (event.kind) {
      case 'output':
        // Temporal's log goes only to its file: it warns about every connection that closes.
        if (event.part !== 'temporal' && !stopping)
          line(event.part, event.stream === 'stderr' ? pc.dim(printable(event.line)) : printable(event.line))
        break
      case 'ready':
        line(event.part, event.again ? `restarted (process ${event.pid})` : pc.dim('ready'))
        break
      case 'died':
        line(event.part, pc.red(`${event.how}; restarting in ${(event.again / 1_000).toFixed(1)} s`))
        break
      case 'killed':
        line(event.part, pc.red('did not stop in time and was killed'))
        break
      case 'frozen':
        line(event.part, pc.red('no longer answers and is being killed'))
        break
      case 'stopped':
        line(event.part, pc.dim('stopped'))
        break
      case 'starting':
      case 'stopping':
        break
      case 'told':
        stopping = true
        say(event.forced ? pc.red('\nStopped at once.') : pc.dim('\nStopping; press Ctrl-C again to force it.'))
        break
      case 'log-lost':
        say(pc.red(`tetik up: cannot write to ${event.folder} (${event.code}); continuing without a log.`))
        break
      case 'log-back':
        say(pc.dim(`tetik up: writing logs to ${event.folder} again; ${event.lost} lines are missing.`))
        break
      case 'output-back':
        say(pc.red(`tetik up: ${event.lost} lines could not be written here (${event.code}).`))
        break
      case 'down':
        say(`tetik is down ${pc.dim(`(${event.seconds.toFixed(1)} s)`)}`)
        break
      case 'up':
        say(readyText(event))
        break
      case 'already':
        say(alreadyText(event))
        break
      case 'ports':
        say(portsText(event))
        break
      case 'broken':
        say(`${pc.red('tetik up:')} ${printableLines(event.message)}`)
        break
    }
  }
}

const clock = (at: Date): string => at.toTimeString().slice(0, 8)

function nameOf(part: string): string {
  const colour = COLOURS[part as keyof typeof COLOURS] ?? pc.white
  return colour(part.padEnd(8))
}

const LINK_NAMES: Readonly<Record<string, string>> = { panel: 'panel', temporal: 'Temporal UI', sandbox: 'sandbox' }

function linkLines(links: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(links).map(([name, url]) => `  ${(LINK_NAMES[name] ?? name).padEnd(12)} ${pc.underline(url ?? '')}`)
}

function readyText(event: Extract<UpEvent, { kind: 'up' }>): string {
  return [
    '',
    `${pc.bold('tetik is up')} ${pc.dim(`(${event.seconds.toFixed(1)} s)`)}`,
    ...linkLines({ ...event.links }),
    ...(event.sandbox
      ? [pc.dim('  META_ACCESS_TOKEN is not set: tetik uses the sandbox. Its accounts, money and messages are not real.')]
      : []),
    pc.dim(`  Logs are in ${event.logs}. Ctrl-C stops everything.`),
    '',
  ].join('\n')
}

function alreadyText({ state }: Extract<UpEvent, { kind: 'already' }>): string {
  const since = new Date(state.startedAt)
  return [
    `tetik is already running for this project (process ${state.pid}, since ${since.toLocaleString('sv')})${state.ready ? '' : ', and is still starting'}:`,
    ...linkLines(state.links),
  ].join('\n')
}

function portsText({ taken, example }: Extract<UpEvent, { kind: 'ports' }>): string {
  return [
    `${pc.red('tetik up:')} ${taken.length === 1 ? 'a port is' : 'some ports are'} already in use, so nothing was started:`,
    ...taken.map(({ port, purpose, variable, holder }) => {
      const by = holder === null ? 'by another process' : `by ${printable(holder.name)} (process ${holder.pid})`
      return `  ${port} for ${purpose} ${by}; set ${variable} to choose another`
    }),
    `For example: ${example} npm start`,
  ].join('\n')
}
