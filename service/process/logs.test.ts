import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary-store.js'
import { type LogTrouble, openLogs } from './logs.js'

const line = (text: string) => ({ kind: 'output', part: 'worker', stream: 'stdout', line: text }) as const
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, unknown>)
const settled = async () => await new Promise((resolve) => setTimeout(resolve, 20))

it('a full disk is reported once, and the log continues once there is space', async () => {
  const troubles: LogTrouble[] = []
  const written: string[] = []
  let hasRoom = true
  const open = () =>
    new Writable({
      decodeStrings: false,
      write: (text: string, _, done) => {
        if (hasRoom) written.push(text)
        done(hasRoom ? null : Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
      },
    })
  const logs = openLogs(temporaryFolder(), (trouble) => troubles.push(trouble), open)
  const write = async (...texts: string[]) => {
    for (const text of texts) logs.write(line(text))
    await settled()
  }
  await write('one')
  hasRoom = false
  await write('two', 'three')
  hasRoom = true
  await write('four', 'five')
  await logs.close()
  expect(written.map((text) => (JSON.parse(text) as { msg: string }).msg)).toEqual(['one', 'four', 'five'])
  expect(troubles).toMatchObject([
    { kind: 'log-lost', code: 'ENOSPC' },
    { kind: 'log-back', lost: 2 },
  ])
})

it('a folder in which no file can be created is reported and stops nothing', async () => {
  const troubles: LogTrouble[] = []
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'logs'), '')
  const logs = openLogs(folder, (trouble) => troubles.push(trouble))
  for (const text of ['one', 'two']) logs.write(line(text))
  await logs.close()
  expect(troubles).toMatchObject([{ kind: 'log-lost', code: 'EEXIST' }])
})

it('each part has its own file of JSON lines, which only its owner can read', async () => {
  const folder = temporaryFolder()
  const logs = openLogs(folder, () => {})
  logs.write(line('paused \u009b31m'))
  logs.write({ kind: 'died', part: 'api', how: 'ended with status 1', again: 250 })
  await logs.close()
  expect(linesOf(join(folder, 'logs/worker.log'))).toMatchObject([
    {
      level: 'info',
      part: 'worker',
      stream: 'stdout',
      msg: 'paused \u009b31m',
      time: expect.stringMatching(/^20.+Z$/) as string,
    },
  ])
  expect(readFileSync(join(folder, 'logs/worker.log'), 'utf8'), 'control characters are visible').toContain('\\u009b31m')
  expect(linesOf(join(folder, 'logs/api.log'))).toMatchObject([
    { level: 'error', event: 'died', msg: 'died: ended with status 1' },
  ])
  expect(statSync(join(folder, 'logs/api.log')).mode & 0o777).toBe(0o600)
})

it('a full file is rotated while tetik runs, and no line is lost', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'logs'))
  const path = join(folder, 'logs/worker.log')
  appendFileSync(path, `${JSON.stringify({ msg: 'x'.repeat(4_999_900) })}\n`)
  const logs = openLogs(folder, () => {})
  for (const text of ['one', 'two', 'three']) logs.write(line(text))
  await logs.close()
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['worker.log', 'worker.log.1'])
  const texts = [...linesOf(`${path}.1`), ...linesOf(path)].map(({ msg }) => msg)
  expect(texts.slice(1)).toEqual(['one', 'two', 'three'])
})
