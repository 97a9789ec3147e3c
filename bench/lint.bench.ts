/** Linting a thousand rules, including the comparison of all pairs that act on the same entities. */

import { loadSettings } from '../engine/account/load.js'
import { lintRules } from '../engine/lint/lint.js'
import { loadRules } from '../engine/rule/read/load.js'
import { type Benchmark, type Measurement, median, timed } from './measure.js'

const RULES = 1_000
const ROUNDS = 3
const NOW = Date.UTC(2026, 2, 10)

const SETTINGS = `accounts:
${Array.from({ length: 20 }, (_, index) => `  - { name: account-${index}, id: act_${index + 1}, currency: TRY, timezone: Europe/Istanbul, targets: { target_cpa: 120 TRY } }`).join('\n')}
`

interface Shape {
  readonly name: string
  readonly account: (index: number) => number
  readonly when: (index: number) => readonly string[]
}

/** In each, half of the rules pause and half start, and no two can be true at once, which has to be proven for every pair. */
const SHAPES: readonly Shape[] = [
  {
    name: 'one account, apart by names',
    account: () => 0,
    when: (index) => [`campaign.name matches "C${index} *"`, 'cpa[last_3d] > 150 TRY', 'spend[last_3d] > 500 TRY'],
  },
  {
    name: 'one account, apart by sums and targets',
    account: () => 0,
    when: (index) => [
      index % 2 === 0 ? 'cpa[last_3d] > 1.5 * target_cpa + 10 TRY' : '2 * cpa[last_3d] < 2 * target_cpa - 10 TRY',
      `spend[last_3d] > ${500 + index} TRY`,
    ],
  },
  {
    name: 'one account, apart in each of several alternatives',
    account: () => 0,
    when: (index) => [
      `campaign.name matches "C${index} *"`,
      '{ any: ["cpa[last_3d] > 150 TRY", "roas[last_3d] < 2", "ctr[last_3d] < 1%"] }',
      '{ any: ["age > 3d", "spend[last_3d] > 500 TRY"] }',
    ],
  },
  {
    name: 'twenty accounts',
    account: (index) => index % 20,
    when: (index) => [`campaign.name matches "C${index} *"`, 'cpa[last_3d] > 150 TRY', 'spend[last_3d] > 500 TRY'],
  },
]

export const benchmark: Benchmark = {
  description: `${RULES} rules linted, of which each must be compared with half of those of its account`,
  run: async () => {
    const { settings } = loadSettings('tetik.yaml', SETTINGS)
    const measurements: Measurement[] = []
    for (const shape of SHAPES) {
      const files = [{ path: 'rules.yaml', text: rulesOf(shape) }]
      const { rules } = loadRules(files, settings)
      if (rules.length !== RULES) throw new Error(`Only ${rules.length} of the rules could be read.`)
      const times: number[] = []
      for (let round = 1; round <= ROUNDS; round += 1) {
        const lint = () => {
          const { diagnostics } = lintRules({ files, rules, settings, now: NOW, complete: true, sound: true })
          if (diagnostics.some(({ code }) => code === 'conflicting-rules'))
            throw new Error('A conflict was found between rules that have none.')
        }
        times.push(await timed(lint))
      }
      measurements.push({ name: shape.name, value: median(times) / 1_000, unit: 's', goal: { at: 'most', value: 5 } })
    }
    return measurements
  },
}

const rulesOf = ({ account, when }: Shape): string =>
  `rules:\n${Array.from({ length: RULES }, (_, index) =>
    [
      `  - id: rule-${index}`,
      `    account: account-${account(index)}`,
      '    scope: adset',
      '    at: "07:00"',
      '    when:',
      ...when(index).map((line) => `      - ${line}`),
      `    then: [${index % 2 === 0 ? 'pause' : '{ start: any }'}]`,
    ].join('\n'),
  ).join('\n')}\n`
