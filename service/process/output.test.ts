import { fork, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'

import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary-store.js'
import { lastingOutput, withoutControls } from './output.js'

const FULL = '/dev/full'
const moduleOf = (name: string): string => JSON.stringify(pathToFileURL(fileURLToPath(new URL(name, import.meta.url))).href)

function script(code: string): string {
  const path = join(temporaryFolder(), 'script.mjs')
  writeFileSync(path, code)
  return path
}

/** Runs a script whose standard output is on a full disk. */
async function runOnFullDisk(code: string): Promise<{ status: number | null; errors: string }> {
  const full = openSync(FULL, 'w')
  onTestFinished(() => closeSync(full))
  const child = spawn(process.execPath, ['--import', 'tsx', script(code)], { stdio: ['ignore', full, 'pipe'] })
  let errors = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status, errors }
}

describe.skipIf(!existsSync(FULL))('on a full disk', () => {
  const imports = `import { lastingOutput, outliveOutput, watchOutput } from ${moduleOf('output.ts')}\nwatchOutput()\n`

  it('a long-running process survives lines that it cannot write', async () => {
    const code = `outliveOutput()
      const output = lastingOutput(process.stdout)
      for (let line = 0; line < 5; line++) {
        output.write('a line\\n')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      process.stderr.write('still there\\n')`
    expect(await runOnFullDisk(imports + code)).toEqual({ status: 0, errors: 'still there\n' })
  })

  it('a command whose output is lost reports it and exits with status 2', async () => {
    const code = `process.stdout.write('the answer\\n')\nsetTimeout(() => {}, 5_000)`
    expect(await runOnFullDisk(imports + code)).toEqual({
      status: 2,
      errors: 'tetik: the output could not be written (ENOSPC).\n',
    })
  })
})

it('reports the number of missing lines once there is space again', async () => {
  let isFull = false
  const stream = new PassThrough()
  const written: string[] = []
  const disk = {
    write: (text: string, done?: (error?: Error) => void) => {
      if (!isFull) written.push(text)
      queueMicrotask(() => done?.(isFull ? Object.assign(new Error('no room'), { code: 'ENOSPC' }) : undefined))
    },
  }
  const output = lastingOutput(Object.assign(stream, disk) as never)
  const write = async (text: string) => {
    output.write(text)
    await new Promise(setImmediate)
  }
  await write('one\n')
  isFull = true
  await write('two\n')
  await write('three\n')
  isFull = false
  await write('four\n')
  await write('five\n')
  expect(written).toEqual(['one\n', '\nfour\n', 'tetik: 2 lines could not be written here (ENOSPC).\n', 'five\n'])
})

it('escapes control characters that a view left in, and keeps its colours', () => {
  const coloured = '\u001b[1m\u001b[31mred\u001b[39m\u001b[22m\ttab\n'
  expect(withoutControls(coloured)).toBe(coloured)
  expect(withoutControls('a\u001b[2K\u001b[8mb\u0007\r\u009b')).toBe(String.raw`a\u001b[2K\u001b[8mb\u0007\u000d\u009b`)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = withoutControls(JSON.stringify(text))
      expect(written).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
      expect(JSON.parse(written)).toBe(text)
    }),
  )
})

it('a part whose `tetik up` died while it was loading exits and frees its port', async () => {
  const code = `import { runPart } from ${moduleOf('child-process.ts')}
    while (process.connected) await new Promise((resolve) => setTimeout(resolve, 10))
    await runPart('api', async () => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      return { stop: async () => {} }
    })`
  const child = fork(script(code), { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.disconnect()
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
})
