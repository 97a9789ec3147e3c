/**
 * Two minutes of requests and faults. Longer runs, with other seeds and with edits in Ads Manager in between, are in
 * `test/full/chaos.test.ts`.
 */

import { expect, it } from 'vitest'

import { runChaos } from '../chaos/run-chaos.js'

it('with lost answers, killed processes, stops and repeated requests, every change is made once and no change or message is lost', async () => {
  const { report, summary, seen } = await runChaos({ seed: 20_261, seconds: 120, outside: false })
  process.stdout.write(`${summary}\n${JSON.stringify(seen)}\n`)
  expect(report).toBe('')
  expect(Math.min(seen.lostAnswers, seen.kills, seen.stops)).toBeGreaterThan(0)
}, 600_000)
