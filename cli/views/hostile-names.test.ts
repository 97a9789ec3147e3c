/** Names are written by anyone with access to the ad account. None may control the terminal or forge a line of a log. */

import { readdirSync } from 'node:fs'

import { expect, it } from 'vitest'

import { anomaliesForPeople } from './anomalies.js'
import { backtestForPeople } from './backtest.js'
import { checkForGitHub } from './check-github.js'
import { checkForPeople } from './check.js'
import { findingLine } from './doctor.js'
import { evalForPeople } from './eval.js'
import { explainForPeople } from './explain.js'
import { forecastForPeople } from './forecast.js'
import { importForPeople } from './import.js'
import { planForPeople } from './launch-plan.js'
import { appliedForPeople, progressLine } from './launch.js'
import { pastForecastsForPeople } from './past-forecasts.js'
import { reportForPeople } from './report.js'
import { snoozedForPeople } from './snooze.js'
import { resumedForPeople, stoppedForPeople } from './stop.js'
import { testsForPeople } from './test.js'
import { undoForPeople } from './undo.js'
import { humanUpView } from './up.js'
import { workerView } from './worker.js'

/** Clears the line, sets the title, reverses the text direction, starts an escape sequence with one character, and forges a line. */
const EVIL = 'Evil\u001b[2K\u001b]0;title\u0007\u202e\u009b1A\u2066\r\u007f\nforged line'

const plain = { colour: false }
const entity = { scope: 'adset', key: EVIL, id: EVIL, name: EVIL } as const
const leaf = {
  ...{ path: 'when', condition: EVIL, result: true, left: EVIL, right: [EVIL], unit: 'text', unitKind: 'text', windows: [] },
  ...{ because: EVIL, notes: [EVIL], metrics: [], estimates: [], file: EVIL, line: 1, distance: null },
}
const rule = {
  id: 'r',
  description: EVIL,
  scope: 'adset',
  then: [],
  limit: null,
  clear: null,
  cooldown: 0,
  holdFor: 0,
  priority: 0,
}
const diagnostic = { severity: 'error', code: 'x', file: EVIL, line: 1, column: 1, length: 1, message: EVIL, hint: EVIL }
const stop = { account: 'moda-tr', reason: EVIL, stopped_by: EVIL, since: 0 }
const launchRow = { key: EVIL, kind: 'campaign', name: EVIL, state: 'standing', meta_id: '1', published_at: null }
const firing = { day: '2026-03-10', at: 0, rule, entity, trace: [{ ...leaf, right: 1 }] }

/** What a stream view writes. */
function written(write: (output: { write: (text: string) => void }) => void): string {
  let text = ''
  write({ write: (piece) => void (text += piece) })
  return text
}

/** The views by file name, with all texts of each. */
const VIEWS: Readonly<Record<string, () => string>> = {
  anomalies: () =>
    anomaliesForPeople(
      {
        series: [{ name: EVIL, pace: 'day', points: [], events: [] }],
        skipped: [{ series: EVIL, code: 'x', reason: EVIL }],
      } as never,
      plain,
    ),
  backtest: () =>
    backtestForPeople(
      {
        ...{ from: 'a', to: 'b', partial: false, timezone: 'UTC', currency: null, evaluations: 1, unknown: 0, notes: [] },
        ...{ days: [{ day: '2026-03-10', firings: 1 }], firings: [firing], summary: [] },
      } as never,
      null,
      { colour: false, width: 80 },
    ) +
    backtestForPeople(
      {
        ...{ from: 'a', to: 'b', partial: false, timezone: 'UTC', currency: null, evaluations: 1, unknown: 0, notes: [] },
        ...{ days: [], firings: [], summary: [] },
      },
      { revision: EVIL, to: 'b', added: [firing], removed: [firing], rules: [] } as never,
      { colour: false, width: 80 },
    ),
  check: () =>
    checkForPeople({ textOf: () => EVIL, ...plain })({
      ok: false,
      files: [],
      rules: [],
      diagnostics: [diagnostic],
      allowed: [],
    } as never),
  'check-github': () =>
    checkForGitHub((path) => path)({ ok: false, files: [], rules: [], diagnostics: [diagnostic], allowed: [] } as never),
  doctor: () => findingLine({ check: EVIL, status: 'warn', detail: EVIL, advice: EVIL }),
  eval: () =>
    evalForPeople(
      {
        at: 'now',
        rules: [{ rule, labels: new Map([[EVIL, EVIL]]), evaluations: [{ rule: 'r', entity, outcome: 'fire', trace: [leaf] }] }],
      } as never,
      plain,
    ),
  explain: () =>
    explainForPeople(
      {
        ...{ decision: 'd', rule: { ...rule, version: 'v', file: EVIL, line: 1, commit: null, mode: 'act' }, entity, at: 'now' },
        ...{
          account: { name: EVIL, currency: 'TRY', timezone: 'UTC' },
          outcome: 'fire',
          because: null,
          note: EVIL,
          leaves: [leaf],
        },
        ...{ state: null, data: { kind: 'store', knownAt: 'now', syncs: [] }, steps: [EVIL], lastDecision: null, notes: [EVIL] },
        carriedOut: {
          progress: 'done',
          changes: [
            { level: 'adset', entityId: '1', field: 'name', before: EVIL, target: EVIL, outcome: 'x', error: { message: EVIL } },
          ],
          messages: [{ recipient: 'owner', status: 'read', text: EVIL, error: { message: EVIL } }],
          approvals: [{ state: 'approved', answeredBy: EVIL, askedAt: 'now', answeredAt: 'now' }],
        },
      } as never,
      plain,
    )
      // A message has several lines, which are indented.
      .replace('\n    forged line', ''),
  forecast: () =>
    forecastForPeople(
      {
        series: [
          {
            ...{ name: EVIL, pace: 'day', model: EVIL, accuracy: EVIL, notes: [], history: [{ date: '2026-03-10', value: 1 }] },
            points: [{ date: '2026-03-11', mean: 1, lo80: 1, hi80: 1, lo95: 1, hi95: 1 }],
          },
        ],
        skipped: [{ series: EVIL, code: 'x', reason: EVIL }],
      },
      plain,
    ),
  import: () => importForPeople({ rules: [{ source: EVIL, faults: [EVIL] }] } as never),
  launch: () =>
    (progressLine(launchRow as never) ?? '') +
    appliedForPeople({ run: { launch: EVIL, state: 'failed', note: EVIL }, objects: [launchRow] } as never, null),
  'launch-plan': () =>
    planForPeople({
      spec: { key: EVIL, file: EVIL, account: EVIL, publish: 'paused', currency: 'TRY' },
      plan: {
        objects: [
          {
            object: {
              key: EVIL,
              kind: 'campaign',
              name: EVIL,
              fields: { name: EVIL, status: EVIL },
              filled: [{ field: 'x', value: EVIL, why: EVIL }],
            },
            ...{ action: 'create', changes: [], because: EVIL, drift: [{ field: 'name', applied: EVIL, live: EVIL }] },
          },
        ],
        ...{ leftAlone: [EVIL], publish: [] },
      },
      ...{ existing: new Map(), unanswered: [EVIL] },
    } as never),
  'past-forecasts': () =>
    pastForecastsForPeople(
      {
        currency: null,
        forecasts: [],
        summary: [{ account: EVIL, metric: 'spend', within80: 1, accuracy: 'good', made: 1, error: 0 }],
        notes: [],
      },
      false,
    ),
  report: () => {
    const days = { since: '2026-03-10', until: '2026-03-10' }
    const report = {
      ...{
        period: 'daily',
        account: { name: EVIL, currency: 'TRY', timezone: 'UTC' },
        at: 0,
        days,
        comparisons: [],
        rankings: [],
      },
      ...{ figures: [{ metric: 'spend', value: 1, before: [] }], attribution: [], activity: null, data: null },
      month: { month: days, days, spend: 1, budget: null, elapsed: 0.5, forecast: null },
    }
    const shown = reportForPeople({ report, language: 'en', sent: { id: 'm', recipient: EVIL } } as never)
    // A report has several lines, and its line breaks are kept.
    return shown.replace('\nforged line', '')
  },
  snooze: () => snoozedForPeople({ rule: 'r', entity: EVIL, until: 1 }),
  stop: () =>
    stoppedForPeople({ stops: [{ stop, isNew: false }], waiting: 1, untold: new Error(EVIL) } as never) +
    resumedForPeople({ resumed: [], standing: [stop] } as never),
  test: () =>
    testsForPeople(
      {
        files: [
          {
            file: EVIL,
            diagnostics: [],
            results: [
              {
                test: { name: EVIL, file: EVIL, line: 1, rules: [] },
                failures: [
                  {
                    ...{ kind: 'unmet', line: 1, column: 1, rule: 'r', entity, at: 'now', note: EVIL, trace: [leaf] },
                    expected: { outcome: 'fire', steps: [EVIL], message: EVIL },
                    got: { outcome: 'hold', because: EVIL, message: [EVIL] },
                  },
                ],
                seconds: 0,
              },
            ],
          },
        ],
        ...{
          texts: new Map(),
          coverage: [{ file: 'a', line: 1, rule: 'r', path: 'when', condition: EVIL, true: 1, false: 0, unknown: 0 }],
          read: [],
        },
      } as never,
      { colour: false, coverage: true },
    ),
  undo: () =>
    undoForPeople({
      decision: EVIL,
      rule: 'r',
      items: [
        { words: EVIL, entityId: '1', entityName: EVIL, because: EVIL, warnings: [], restored: null },
        { words: EVIL, entityId: '1', entityName: EVIL, because: null, warnings: [EVIL], restored: null },
      ],
    } as never),
  up: () =>
    written((output) => {
      const view = humanUpView(output)
      view({ kind: 'output', part: 'worker', stream: 'stdout', line: EVIL })
      view({
        kind: 'ports',
        taken: [{ port: 1, purpose: 'API', variable: 'X', holder: { name: EVIL, pid: 1 } }],
        example: 'X=2',
      } as never)
    }),
  worker: () =>
    written((output) => {
      const view = workerView(output, output, { clock: false })
      view.announce(EVIL)
      view.warn(EVIL)
      view.rules({
        ...{
          loaded: { added: [EVIL], changed: [], removed: [EVIL], unchanged: [] },
          settings: null,
          files: [],
          diagnostics: [diagnostic],
        },
        ...{ launches: null, schedules: null, stopped: [] },
      } as never)
    }),
}

/** Files that only draw or are used by other views, and formats for other programs, which have their own escapes. */
const NO_VIEWS = [
  'band-chart',
  'bar-chart',
  'forecast-chart',
  'leaf-as-json',
  'progress-bar',
  'side-text',
  'check-sarif',
  'junit',
]

it.each(Object.entries(VIEWS))('%s shows a hostile name without its control characters', (_, show) => {
  // Removes our own colours, which some views use in CI or on a terminal.
  const shown = show().replaceAll(/\u001b\[\d{1,2}m/g, '')
  expect(shown).toContain('Evil·')
  expect(shown.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g)).toBeNull()
  expect(shown).not.toMatch(/^\s*forged line/m)
})

it('every view is tested', () => {
  const files = readdirSync(import.meta.dirname).flatMap((file) => /^(?!.*(?:\.test|-html)\.ts$)(.*)\.ts$/.exec(file)?.[1] ?? [])
  expect(files.filter((file) => !NO_VIEWS.includes(file)).sort()).toEqual(Object.keys(VIEWS).sort())
})
