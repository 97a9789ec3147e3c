/** `tetik anomalies`: finds unusual points in the series of a file, judging each point by the points before it. */

import type { Command } from 'commander'

import { note } from '../base/stderr-lines.js'

interface AnomaliesOptions {
  readonly data: string
  readonly json?: true
  readonly html?: string
}

export function addAnomalies(program: Command): void {
  program
    .command('anomalies')
    .description('Find spikes, level shifts, drops to zero and slow drifts in daily or hourly series')
    .requiredOption('--data <csv>', 'CSV with `timestamp,value`, or `series,timestamp,value` for several series')
    .option('--json', 'print every point with its expected value as JSON')
    .option('--html <file>', 'write an HTML page with a plot of each series')
    .action(async (options: AnomaliesOptions) => {
      const [
        { readData },
        { readSeriesFile },
        { judgeFile },
        views,
        { renderDiagnostics },
        { default: pc },
        { refusedInWords, statusOfRefused },
      ] = await Promise.all([
        import('../data/read-data.js'),
        import('../../engine/read-series/read-series-file.js'),
        import('../../engine/anomaly/judge-file.js'),
        import('../views/anomalies.js'),
        import('../../engine/diagnostic/render.js'),
        import('picocolors'),
        import('../base/status-of-refused.js'),
      ])
      const text = await readData(options.data)
      const file = readSeriesFile({ path: options.data, text }, { doubled: 'keep' })
      if (file.diagnostics.length > 0) {
        process.stderr.write(`${renderDiagnostics(file.diagnostics, { textOf: () => text, colour: pc.isColorSupported })}\n`)
        process.exitCode = 2
        return
      }
      for (const text of file.notes) note(text)
      const judged = judgeFile(file)
      if (options.html !== undefined) {
        const [{ writeFile }, { anomaliesAsHtml }] = await Promise.all([
          import('node:fs/promises'),
          import('../views/anomalies-html.js'),
        ])
        await writeFile(options.html, anomaliesAsHtml(judged, `Anomalies in ${options.data}`))
        note(`Wrote ${options.html}.`)
      }
      if (options.json) for (const piece of views.anomaliesAsJson(judged)) process.stdout.write(piece)
      else process.stdout.write(views.anomaliesForPeople(judged, { colour: pc.isColorSupported }))
      if (judged.series.length === 0) process.exitCode = statusOfRefused(judged.skipped)
      if (options.json && judged.series.length === 0) process.stderr.write(refusedInWords(judged.skipped))
    })
}
