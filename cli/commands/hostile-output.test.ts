import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
/** A name as it may occur at Meta or in an export. In a CSV it is quoted, because of the line break. */
const EVIL = 'Evil\u001b[2K\u001b]0;title\u0007\u202e\u009b1A\r\nforged line'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tetik-hostile-'))
  writeFileSync(
    join(folder, 'tetik.yaml'),
    'accounts:\n  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }\n',
  )
  const rows = Array.from({ length: 40 }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
    return `"${EVIL}",${date},${10 + (day % 7)}`
  })
  writeFileSync(join(folder, 'series.csv'), `series,timestamp,value\n${rows.join('\n')}\n`)
  writeFileSync(join(folder, 'short.csv'), `series,timestamp,value\n${rows.slice(0, 3).join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const tetik = (...words: string[]): Promise<{ status: number; text: string }> =>
  new Promise((resolve) => {
    const command = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli', 'main.ts'), ...words]
    const env = { PATH: process.env['PATH'], TEMPORAL_CONFIG_FILE: join(folder, 'none.toml') }
    execFile(process.execPath, command, { cwd: folder, env }, (error, out, err) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, text: out + err }),
    )
  })

it.each([
  [0, ['forecast', '--data', 'series.csv']],
  [0, ['anomalies', '--data', 'series.csv']],
  [1, ['forecast', '--data', 'short.csv']],
  [1, ['anomalies', '--data', 'short.csv', '--json']],
  [2, ['stop', EVIL]],
  [2, ['explain', EVIL, '--entity', EVIL]],
  [0, ['stop', '--reason', EVIL]],
  [0, ['stop']],
])(
  'ends with status %i, and a hostile name cannot control the terminal: tetik %j',
  async (status, words) => {
    const ended = await tetik(...words)
    expect(ended.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
    expect(ended.status).toBe(status)
  },
  60_000,
)
