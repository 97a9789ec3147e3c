import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Connection } from '@temporalio/client'
import { afterAll, describe, expect, it } from 'vitest'

import { SEARCH_ATTRIBUTES } from '../../temporal.config.js'
import { findTemporal } from './temporal-binary.js'
import { temporalServes } from './temporal-health.js'
import { freePort, startTemporalServer, TemporalServerError } from './temporal-server.js'

const folder = mkdtempSync(join(tmpdir(), 'tetik-temporal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a Temporal server of our own', () => {
  it('serves with the search attributes registered, stops, and starts again on the same file', async () => {
    const databaseFile = join(folder, 'state', 'temporal.db')
    for (let start = 1; start <= 2; start += 1) {
      const server = await startTemporalServer({ databaseFile })
      const connection = await Connection.connect({ address: server.address })
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: server.namespace })
      await connection.close()
      expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.values(SEARCH_ATTRIBUTES)))
      await server.stop()
      expect(await server.exited).toEqual({ code: 0, signal: null })
      expect(await temporalServes(server.port)).toBe(false)
    }
  })

  it('with a damaged file is an error that names the file and what to do', async () => {
    const databaseFile = join(folder, 'damaged.db')
    writeFileSync(databaseFile, 'no database at all, whatever its name says. '.repeat(200))
    await expect(startTemporalServer({ databaseFile, port: await freePort() })).rejects.toThrow(
      new RegExp(`cannot use ${databaseFile}, which is damaged.*mv ${databaseFile} `, 's'),
    )
  })

  it('that ends at once is an error with the server’s output', async () => {
    const wrong = startTemporalServer({ program: process.execPath })
    await expect(wrong).rejects.toThrow(TemporalServerError)
    await expect(wrong).rejects.toThrow(/start-dev|Cannot find module/)
  })

  it.skipIf(process.platform === 'win32')(
    'that ends at once is started again on another port, unless the port was given',
    async () => {
      const [program, seen] = [join(folder, 'fails-once.sh'), join(folder, 'seen')]
      writeFileSync(program, `#!/bin/sh\n[ -e '${seen}' ] || { touch '${seen}'; exit 1; }\nexec '${findTemporal()}' "$@"\n`, {
        mode: 0o755,
      })
      const asked = startTemporalServer({ program, port: await freePort() })
      await expect(asked).rejects.toThrow(TemporalServerError)
      rmSync(seen)
      const server = await startTemporalServer({ program })
      expect(existsSync(seen)).toBe(true)
      await server.stop()
    },
  )

  it.skipIf(process.platform === 'win32')(
    'with much output before it ended is an error with the first and last of it',
    async () => {
      const program = join(folder, 'talks.sh')
      writeFileSync(program, '#!/bin/sh\necho the cause\nseq 1 5000\nexit 1\n', { mode: 0o755 })
      await expect(startTemporalServer({ program })).rejects.toThrow(/the cause[^]*…[^]*5000/)
    },
  )

  it('is an error if the program does not exist', async () => {
    await expect(startTemporalServer({ program: join(folder, 'none') })).rejects.toThrow(/ENOENT/)
  })
})

describe('temporalServes', () => {
  it('is false for a port where nothing listens, and for one that never answers', async () => {
    expect(await temporalServes(await freePort())).toBe(false)
    const mute = createServer(() => {}).listen(0, '127.0.0.1')
    await new Promise((resolve) => mute.once('listening', resolve))
    const address = mute.address() as { port: number }
    expect(await temporalServes(address.port, 50)).toBe(false)
    mute.close()
  })
})
