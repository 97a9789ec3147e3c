/** Chaos for longer, with several seeds, or as `npm run chaos -- --seed N --minutes M` asks for it. */

import { expect, it } from 'vitest'

import { runChaos } from '../chaos/run-chaos.js'

const { CHAOS_SEED, CHAOS_MINUTES } = process.env
const seeds = CHAOS_SEED === undefined ? [1, 2, 3] : [Number(CHAOS_SEED)]
const minutes = Number(CHAOS_MINUTES ?? 4)

it.each(seeds)(
  `${minutes} minutes of chaos with seed %i: every change is made once, no last word is lost, and no message`,
  async (seed) => {
    const { report, summary } = await runChaos({ seed, seconds: minutes * 60, outside: true })
    process.stdout.write(`${summary}\n`)
    expect(report).toBe('')
  },
  (minutes + 12) * 60_000,
)
