/** A minute of everything at once; longer ones, with other seeds, are in `test/full/chaos.test.ts`. */

import { expect, it } from 'vitest'

import { runChaos } from '../chaos/run-chaos.js'

it('with lost answers, kills, stops and doubled requests every change is made once, no last word is lost, and no message', async () => {
  const { report, summary } = await runChaos({ seed: 20_261, seconds: 60 })
  process.stdout.write(`${summary}\n`)
  expect(report).toBe('')
}, 600_000)
