import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary-store.js'
import { type LogTrouble, openLogs } from './logs.js'

const line = (text: string) => ({ kind: 'output', part: 'worker', stream: 'stdout', line: text }) as const
const full = (): never => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}

it('a disk without room is reported once, ends nothing, and the log goes on when there is room', () => {
  const troubles: LogTrouble[] = []
  const written: string[] = []
  let hasRoom = true
  const logs = openLogs(
    temporaryFolder(),
    (trouble) => troubles.push(trouble),
    (_, text) => (hasRoom ? written.push(text) : full()),
  )
  logs.write(line('one'))
  hasRoom = false
  for (const text of ['two', 'three']) logs.write(line(text))
  hasRoom = true
  for (const text of ['four', 'five']) logs.write(line(text))
  expect(written.map((text) => text.trim().split(' ').at(-1))).toEqual(['one', 'four', 'five'])
  expect(troubles).toMatchObject([
    { kind: 'log-lost', code: 'ENOSPC' },
    { kind: 'log-back', lost: 2 },
  ])
})

it('what each part prints is in a file of its own', () => {
  const folder = temporaryFolder()
  const logs = openLogs(folder, () => {})
  logs.write(line('paused'))
  logs.write({ kind: 'died', part: 'api', how: 'ended with status 1', again: 250 })
  logs.close()
  expect(readFileSync(join(folder, 'logs/worker.log'), 'utf8')).toMatch(/ paused\n$/)
  expect(readFileSync(join(folder, 'logs/api.log'), 'utf8')).toMatch(/ --- died: ended with status 1\n$/)
})
