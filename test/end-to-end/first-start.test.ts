/** What the shipped project shows within a minute of its first start, without any setup. */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { Project, until } from './project.js'

const SHIPPED = fileURLToPath(new URL('../..', import.meta.url))
const shipped = (path: string): string => readFileSync(`${SHIPPED}${path}`, 'utf8')

interface Listed<T> {
  readonly data: readonly T[]
}
interface Decision {
  readonly id: string
  readonly rule: string
  readonly outcome: string
  readonly progress: string
}

let project: Project
beforeAll(async () => {
  const rules = readdirSync(`${SHIPPED}rules`).filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
  const files = ['tetik.yaml', ...rules.map((name) => `rules/${name}`)]
  project = await Project.create(Object.fromEntries(files.map((path) => [path, shipped(path)])))
  await project.up()
})
afterAll(() => project?.dispose())

/** Days left of the month in Istanbul, including today. */
function daysLeft(): number {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Istanbul' }).format(Date.now())
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).getUTCDate() - day + 1
}

it('an ad set is paused, and its owner is notified', async () => {
  await until(
    () => project.sandbox<{ messages: Array<{ text: string }> }>('/sandbox/messages?direction=out'),
    ({ messages }) => messages.some(({ text }) => text.includes('Erkek 25-54 | İlgi alanları paused')),
  )
})

it('a decision waits for approval', async () => {
  const decision = await until(
    async () => {
      const { data } = await project.api<Listed<Decision>>('/api/decisions?rule=ask-to-pause-expensive-leads&outcome=fire')
      return data[0]
    },
    (found) => found?.progress === 'waiting',
  )
  const detail = await project.api<{ approvals: unknown[] }>(`/api/decisions/${decision?.id ?? ''}`)
  expect(detail.approvals).toHaveLength(1)
})

it('there is an alert, and a suggestion of each kind', async () => {
  await until(
    () => project.api<Listed<{ account: string; metric: string }>>('/api/alerts'),
    ({ data }) => data.some(({ account, metric }) => account === 'esarp' && metric === 'spend'),
  )
  // In the last two days of a month a budget change can no longer affect the month.
  const wanted = ['fatigue', 'move', ...(daysLeft() >= 3 ? ['pace'] : []), 'waste']
  const { data } = await until(
    () => project.api<Listed<{ kind: string }>>('/api/ai/suggestions'),
    (answer) => wanted.every((kind) => answer.data.some((suggestion) => suggestion.kind === kind)),
  )
  expect(new Set(data.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(wanted.length)
})

it('all accounts of tetik.yaml are read, and no request is refused', async () => {
  const { requests } = await project.sandbox<{ requests: Array<{ path: string; status: number; method: string }> }>(
    '/sandbox/requests?limit=1000',
  )
  expect(requests.filter(({ status }) => status >= 400)).toEqual([])
  for (const id of ['1234567890', '2026000002', '2026000003'])
    expect(requests.some(({ path }) => path.includes(`act_${id}/insights`))).toBe(true)
})
