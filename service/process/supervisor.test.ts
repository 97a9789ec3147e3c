import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { PartFailedError, type PartSpec, Supervisor, type SupervisorEvent } from './supervisor.js'

let folder: string
let supervisor: Supervisor | null = null
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tetik-supervisor-'))))
afterEach(() => {
  supervisor?.kill()
  rmSync(folder, { recursive: true, force: true })
})

const READY = `process.send({ part: 'x', state: 'ready', pid: process.pid })`
const STOPS = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)`

function part(name: string, code: string, more: Partial<PartSpec> = {}): PartSpec {
  const script = join(folder, `${name}.mjs`)
  writeFileSync(script, `import { appendFileSync } from 'node:fs'\n${code}\n`)
  return { name, script, arguments: [], folder, after: [], stopLimit: 5_000, ...more }
}

const superviseEvery = (pingEvery: number, ...specs: PartSpec[]) => watch(specs, pingEvery)
const supervise = (...specs: PartSpec[]) => watch(specs)

function watch(
  specs: PartSpec[],
  pingEvery?: number,
): {
  events: SupervisorEvent[]
  heard: (what: (event: SupervisorEvent) => boolean) => Promise<void>
} {
  const events: SupervisorEvent[] = []
  let wake = (): void => {}
  supervisor = new Supervisor(
    specs,
    (event) => {
      events.push(event)
      wake()
    },
    pingEvery,
  )
  return {
    events,
    heard: async (what) => {
      while (!events.some(what)) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

const order = (events: readonly SupervisorEvent[], ...kinds: string[]): string[] =>
  events.filter(({ kind }) => kinds.includes(kind)).map(({ kind, part: name }) => `${kind} ${name}`)

describe('the parts', () => {
  it('are started after those they need, and stopped in reverse order', async () => {
    const { events } = supervise(part('base', `${READY};${STOPS}`), part('top', `${READY};${STOPS}`, { after: ['base'] }))
    await supervisor?.start()
    await supervisor?.stop()
    expect(order(events, 'starting', 'ready')).toEqual(['starting base', 'ready base', 'starting top', 'ready top'])
    expect(order(events, 'stopping', 'stopped')).toEqual(['stopping top', 'stopped top', 'stopping base', 'stopped base'])
  })

  it('have their output relayed line by line, including a last line without a line end', async () => {
    const { events, heard } = supervise(part('talks', `${READY};process.stdout.write('one\\ntwo'); process.exit(0)`))
    await supervisor?.start()
    await heard((event) => event.kind === 'died')
    const lines = events.flatMap((event) => (event.kind === 'output' ? [event.line] : []))
    expect(lines.slice(0, 2)).toEqual(['one', 'two'])
  })
})

describe('a part that dies', () => {
  it('is restarted after a delay, which is reported', async () => {
    const once = join(folder, 'once')
    const code = `import { existsSync } from 'node:fs'
      const again = existsSync(${JSON.stringify(once)}); appendFileSync(${JSON.stringify(once)}, 'x')
      ${READY}; if (!again) process.kill(process.pid, 'SIGKILL'); ${STOPS}`
    const { events, heard } = supervise(part('dies', code))
    await supervisor?.start()
    await heard((event) => event.kind === 'ready' && event.again)
    expect(events.find((event) => event.kind === 'died')).toEqual({
      kind: 'died',
      part: 'dies',
      how: 'was ended by SIGKILL',
      again: 250,
    })
    await supervisor?.stop()
    expect(readFileSync(once, 'utf8')).toBe('xx')
  })

  it('three times in a row before it is ever ready is an error', async () => {
    const { events } = supervise(part('broken', 'console.error("no tetik.yaml"); process.exit(1)'))
    const start = supervisor?.start()
    await expect(start).rejects.toThrow(PartFailedError)
    await expect(start).rejects.toThrow('broken could not be started: it ended with status 1, 3 times in a row')
    expect(order(events, 'starting')).toHaveLength(3)
  })
})

describe('a part that gets pings', () => {
  const ANSWERS = `process.on('message', (message) => message === 'ping' && process.send('pong'))`

  it.skipIf(process.platform === 'win32')('and is frozen is killed and restarted', async () => {
    const { events, heard } = superviseEvery(50, part('frozen', `${ANSWERS};${READY};${STOPS}`))
    await supervisor?.start()
    const first = events.find((event) => event.kind === 'ready')
    process.kill(first!.pid, 'SIGSTOP')
    await heard((event) => event.kind === 'ready' && event.again)
    expect(order(events, 'frozen', 'died')).toEqual(['frozen frozen', 'died frozen'])
    await supervisor?.stop()
  })

  it('and answers them keeps running', async () => {
    const asked = join(folder, 'asked')
    const counts = `process.on('message', () => appendFileSync(${JSON.stringify(asked)}, 'x'))`
    const { events } = superviseEvery(20, part('well', `${counts};${ANSWERS};${READY};${STOPS}`))
    await supervisor?.start()
    const isAskedOften = (): boolean => existsSync(asked) && readFileSync(asked, 'utf8').length > 12
    while (!isAskedOften()) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(order(events, 'frozen', 'died')).toEqual([])
    await supervisor?.stop()
  })
})

it('a part that does not stop in time is killed', async () => {
  const { events } = supervise(
    part('stubborn', `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); ${READY}`, { stopLimit: 200 }),
  )
  await supervisor?.start()
  await supervisor?.stop()
  expect(order(events, 'killed', 'stopped')).toEqual(['killed stubborn', 'stopped stubborn'])
})
