/** How long a start takes when everything is installed and built, and how much memory the processes then use. */

import { fileURLToPath } from 'node:url'

import { ACCOUNT_FILE } from '../test/end-to-end/fixtures.js'
import { Project } from '../test/end-to-end/project.js'
import { type Benchmark, type Measurement, median, residentMegabytes, timed } from './measure.js'

const START = fileURLToPath(new URL('../scripts/start.js', import.meta.url))
const ROUNDS = 5

export const benchmark: Benchmark = {
  description: 'scripts/start.js in a new project until it reports that it is up, and again in the same project',
  run: async () => {
    const [first, again]: [number[], number[]] = [[], []]
    const memory: Record<string, number[]> = {}
    for (let round = 1; round <= ROUNDS; round += 1) {
      const project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE })
      for (const times of [first, again]) {
        const up = project.start([START])
        times.push(await timed(() => up.said(({ kind }) => kind === 'up')))
        for (const { name, pid } of (await project.state()).parts) (memory[name] ??= []).push(residentMegabytes(pid))
        await up.interrupt()
      }
      await project.dispose()
    }
    const goal = { at: 'most', value: 8 } as const
    return [
      { name: 'first start to ready', value: median(first) / 1_000, unit: 's', goal },
      { name: 'next start to ready', value: median(again) / 1_000, unit: 's', goal },
      ...Object.entries(memory).flatMap(([name, values]): Measurement[] =>
        values.some(Number.isNaN) ? [] : [{ name: `memory of ${name} when it is up`, value: median(values), unit: 'MB' }],
      ),
    ]
  },
}
