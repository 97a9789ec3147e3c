/** Output of `tetik backtest --html`: a self-contained page with a plot for each rule. */

import type { BacktestFiring } from '../../engine/backtest/backtest.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { toMajor } from '../../engine/value/minor-units.js'
import type { ComparedFirings } from '../data/compare-firings.js'
import type { BacktestReport, RuleSummary } from '../data/run-backtest.js'
import { counted, WHAT_AFTER_MEANS } from './backtest.js'
import { numberText, sideText } from './side-text.js'

const [WIDTH, HEIGHT, MARGIN] = [960, 140, 18]
/** Rows per rule. More would make the page too large for a browser. */
const LISTED = 500

export function backtestAsHtml(report: BacktestReport, compared: ComparedFirings | null): string {
  const { from, to, partial, evaluations, unknown, firings, summary, timezone } = report
  const title = `Backtest, ${from} to ${to}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="viewport" content="width=device-width"><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
svg { width: 100%; height: auto; background: #fafafa; border-radius: 6px } svg text { font-size: 11px; fill: #555 }
table { border-collapse: collapse; margin: .5rem 0 } td, th { text-align: left; padding: .15rem 1rem .15rem 0; vertical-align: top }
td.number, th.number { text-align: right } h2 { margin: 2rem 0 .5rem } .about, .why { color: #666 } .partial { color: #a40 }
</style></head><body>
<h1>${escape(title)}</h1>
<p class="about">${counted(report.days.length, 'day')}, evaluated at the end of each (${escape(timezone)}) on the data known then:
${counted(evaluations, 'evaluation')}, ${counted(unknown, 'unknown', 'unknown')}, ${counted(firings.length, 'firing')}. No steps were carried out.</p>
${partial ? `<p class="partial">Partial result: stopped after ${escape(to)}; later days were not evaluated.</p>` : ''}
${plotOf(report, firings, 'all rules')}
${summaryTable(summary, report.currency)}
<p class="about">${escape(WHAT_AFTER_MEANS)}</p>
${compared === null ? '' : comparedSection(compared)}
${summary.map((rule) => ruleSection(report, rule)).join('\n')}
</body></html>
`
}

function summaryTable(summary: readonly RuleSummary[], currency: string | null): string {
  const rows = summary.map(({ rule, firings, entities, spendAfter, resultsAfter }) => {
    const spend = spendAfter === null ? 'not known' : numberText(toMajor(spendAfter, currency), currency ?? 'money', true)
    const results = resultsAfter === null ? 'not known' : numberText(resultsAfter, 'count')
    const numbers = [String(firings), String(entities), spend, results]
    return `<tr><td>${escape(rule.id)}</td>${numbers.map((cell) => `<td class="number">${escape(cell)}</td>`).join('')}</tr>`
  })
  const heads = ['firings', 'entities', 'spend after', 'results after'].map((head) => `<th class="number">${head}</th>`).join('')
  return `<table><tr><th>rule</th>${heads}</tr>${rows.join('')}</table>`
}

function ruleSection(report: BacktestReport, { rule }: RuleSummary): string {
  const own = report.firings.filter((firing) => firing.rule === rule)
  const about = [rule.description, `then: ${rule.then.map(stepName).join(', ')}`].filter((text) => text !== '').join(' · ')
  const head = `<h2>${escape(rule.id)}</h2>\n<p class="about">${escape(about)}</p>`
  if (own.length === 0) return `${head}\n<p class="about">It did not fire.</p>`
  return `${head}\n${plotOf(report, own, rule.id)}\n<details><summary>${counted(own.length, 'firing')}</summary>${listOf(own)}</details>`
}

function listOf(firings: readonly BacktestFiring[]): string {
  const rows = firings.slice(-LISTED).map(({ day, rule, entity, trace }) => {
    const why = trace
      .filter(({ result, right }) => result === true && typeof right !== 'boolean')
      .map((leaf) => `${leaf.condition}: ${sideText(leaf.left, leaf)}`)
    const cells = [day, rule.id, entity.name ?? entity.id ?? entity.key]
    return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}<td class="why">${why.map(escape).join('<br>')}</td></tr>`
  })
  const left = firings.length - rows.length
  const note = left <= 0 ? '' : `<p class="about">The last ${rows.length}; the JSON also has the ${left} before them.</p>`
  return `${note}<table><tr><th>day</th><th>rule</th><th>entity</th><th>reason</th></tr>${rows.join('')}</table>`
}

function comparedSection({ revision, added, removed, rules }: ComparedFirings): string {
  const rows = rules.map(({ rule, before, after, added, removed }) => {
    const cells = [before ?? 'no such rule', after ?? 'no such rule', `+${added}`, `−${removed}`]
    return `<tr><td>${escape(rule)}</td>${cells.map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`
  })
  const list = (title: string, firings: readonly BacktestFiring[]): string =>
    firings.length === 0 ? '' : `<details><summary>${title}: ${firings.length}</summary>${listOf(firings)}</details>`
  const heads = ['before', 'now', 'new', 'removed'].map((head) => `<th class="number">${head}</th>`).join('')
  return `<h2>Compared with ${escape(revision)}</h2>
<table><tr><th>rule</th>${heads}</tr>${rows.join('')}</table>
${list('New firings', added)}
${list('Removed firings', removed)}`
}

/** A bar for the firings of each day. */
function plotOf({ days }: BacktestReport, firings: readonly BacktestFiring[], of: string): string {
  const counts = new Map<string, number>()
  for (const { day } of firings) counts.set(day, (counts.get(day) ?? 0) + 1)
  const most = Math.max(1, ...counts.values())
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, days.length)
  const bars = days.flatMap(({ day }, index) => {
    const count = counts.get(day)
    if (count === undefined) return []
    const height = ((HEIGHT - 2 * MARGIN) * count) / most
    const place = `x="${(MARGIN + index * step).toFixed(1)}" y="${(HEIGHT - MARGIN - height).toFixed(1)}"`
    const size = `width="${Math.max(0.5, step * 0.85).toFixed(1)}" height="${height.toFixed(1)}"`
    return [`<rect ${place} ${size} fill="#2a6"><title>${day}: ${count}</title></rect>`]
  })
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="firings by day, ${escape(of)}">
<line x1="${MARGIN}" y1="${HEIGHT - MARGIN}" x2="${WIDTH - MARGIN}" y2="${HEIGHT - MARGIN}" stroke="#999"/>
<text x="${MARGIN}" y="12">${most}</text><text x="${MARGIN}" y="${HEIGHT - 4}">${first}</text>
<text x="${WIDTH - MARGIN}" y="${HEIGHT - 4}" text-anchor="end">${last}</text>
${bars.join('')}</svg>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!)
