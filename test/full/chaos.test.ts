/** Longer chaos runs with several seeds, or with the seed and minutes of `npm run chaos -- --seed N --minutes M`. */

import { expect, it } from 'vitest'

import { runChaos } from '../chaos/run-chaos.js'

const { CHAOS_SEED, CHAOS_MINUTES } = process.env
const seeds = CHAOS_SEED === undefined ? [1, 2, 3] : [Number(CHAOS_SEED)]
const minutes = Number(CHAOS_MINUTES ?? 4)

it.each(seeds)(
  `${minutes} minutes of chaos with seed %i: every change is made once, and no change or message is lost`,
  async (seed) => {
    const { report, summary } = await runChaos({ seed, seconds: minutes * 60, outside: true })
    process.stdout.write(`${summary}\n`)
    expect(report).toBe('')
  },
  (minutes + 12) * 60_000,
)
