/** Processes and ports when tetik is started, stopped and restarted. */

import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { ACCOUNT_FILE } from './fixtures.js'
import { isAlive, Project, TETIK, until } from './project.js'

let project: Project
let blockers: Server[] = []
afterEach(async () => {
  blockers.forEach((server) => server.close())
  blockers = []
  await project.dispose()
})

async function pidsOf(one: Project): Promise<number[]> {
  const { pid, parts } = await one.state()
  return [pid, ...parts.flatMap((part) => part.pid ?? [])]
}

describe('tetik up', () => {
  it('runs all parts, and Ctrl-C stops them in order with status 0, the worker first and Temporal last', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
    const up = await project.up()
    const pids = await pidsOf(project)
    expect(pids).toHaveLength(5)
    expect(await up.interrupt()).toEqual({ code: 0, signal: null })
    const stopped = up.lines.filter(({ kind }) => kind === 'stopped').map((line) => line['part'])
    expect(stopped).toEqual(['worker', 'api', 'sandbox', 'temporal'])
    expect(up.lines.some(({ kind }) => kind === 'killed')).toBe(false)
    expect(pids.filter(isAlive)).toEqual([])
  })

  it.skipIf(!existsSync('/dev/full'))('keeps running if its output is on a full disk, and stops with status 0', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
    const full = openSync('/dev/full', 'w')
    const environment = { ...process.env, ...project.environment }
    const up = spawn(process.execPath, [TETIK, 'up'], { cwd: project.folder, env: environment, stdio: ['ignore', full, full] })
    const exited = new Promise((resolve) => up.once('exit', (code) => resolve(code)))
    closeSync(full)
    await until(
      () => project.state().catch(() => null),
      (state) => state?.ready === true || up.exitCode !== null,
    )
    expect(up.exitCode).toBeNull()
    const pids = await pidsOf(project)
    up.kill('SIGINT')
    expect(await exited).toBe(0)
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('leaves no process behind if it is killed with -9, and can be started again', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
    const up = await project.up()
    const pids = await pidsOf(project)
    up.child.kill('SIGKILL')
    await until(
      () => pids.filter(isAlive),
      (alive) => alive.length === 0,
    )
    await project.up()
  })

  it('a second start of the same project reports that it is running, with its links, and changes nothing', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
    const first = await project.up()
    const pids = await pidsOf(project)
    const second = project.start()
    expect(await second.exited).toEqual({ code: 0, signal: null })
    expect(second.lines).toEqual([
      { kind: 'already', state: expect.objectContaining({ pid: first.child.pid, ready: true }) as unknown },
    ])
    const links = (second.lines[0]?.['state'] as { links: Record<string, string> }).links
    expect(Object.keys(links)).toEqual(['panel', 'temporal', 'sandbox'])
    expect(await pidsOf(project)).toEqual(pids)
  })

  it('ports in use are all reported at once, with their processes, before anything is started', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
    const taken = [project.settings.port, project.settings.temporal.uiPort!]
    blockers = taken.map((port) => createServer().listen(port, '127.0.0.1'))
    const up = project.start()
    expect(await up.exited).toEqual({ code: 2, signal: null })
    expect(up.lines).toHaveLength(1)
    expect(up.lines[0]).toMatchObject({
      kind: 'ports',
      taken: [
        { port: taken[0], variable: 'TETIK_PORT', holder: process.platform === 'linux' ? { pid: process.pid } : {} },
        { port: taken[1], variable: 'TETIK_TEMPORAL_UI_PORT' },
      ],
      example: expect.stringMatching(/^TETIK_PORT=\d+ TETIK_TEMPORAL_UI_PORT=\d+$/) as unknown,
    })
  })

  it('each part is restarted if it is killed', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
    const up = await project.up()
    for (const part of ['worker', 'api', 'sandbox', 'temporal']) {
      const old = await project.kill(part)
      await up.said((line) => line.kind === 'ready' && line['part'] === part && line['again'] === true)
      const pid = (await project.state()).parts.find(({ name }) => name === part)?.pid
      expect(pid).not.toBe(old)
    }
  })
})
