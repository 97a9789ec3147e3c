/** `tetik forecast`: forecasts the series of a file, with bands calibrated on past forecasts. */

import { type Command, InvalidArgumentError } from 'commander'

import { note } from '../base/stderr-lines.js'

interface ForecastOptions {
  readonly data: string
  readonly days: number
  readonly holidays?: string
  readonly json?: true
  readonly html?: string
}

const LONGEST = 400
/** Series whose notes are printed to standard error; more would bury everything else. */
const NOTED = 5

export function addForecast(program: Command): void {
  program
    .command('forecast')
    .description('Forecast daily, hourly, weekly or monthly series, with 80% and 95% bands')
    .requiredOption('--data <csv>', 'CSV with `timestamp,value`, or `series,timestamp,value` for several series')
    .option('--days <steps>', 'how many steps ahead, in the series’ own interval', stepsOf, 30)
    .option('--holidays <country>', 'widen the bands on a country’s holidays and sales weeks: TR')
    .option('--json', 'print every point as JSON')
    .option('--html <file>', 'write an HTML page with a plot of each series')
    .action(async (options: ForecastOptions) => {
      const [
        { readData },
        { readSeriesFile },
        { forecastFile },
        views,
        { renderDiagnostics },
        { default: pc },
        threads,
        events,
        { refusedInWords, statusOfRefused },
      ] = await Promise.all([
        import('../data/read-data.js'),
        import('../../engine/read-series/read-series-file.js'),
        import('../data/forecast-data.js'),
        import('../views/forecast.js'),
        import('../../engine/diagnostic/render.js'),
        import('picocolors'),
        import('../../service/forecast/forecast-pool.js'),
        import('../../engine/forecast/special-days.js'),
        import('../base/status-of-refused.js'),
      ])
      const country = options.holidays === undefined ? null : events.countryOf(options.holidays)
      if (options.holidays !== undefined && country === null)
        throw new Error(`--holidays ${options.holidays}: unknown country; known: ${events.COUNTRIES.join(', ')}`)
      const text = await readData(options.data)
      const file = readSeriesFile({ path: options.data, text })
      if (file.diagnostics.length > 0) {
        process.stderr.write(`${renderDiagnostics(file.diagnostics, { textOf: () => text, colour: pc.isColorSupported })}\n`)
        process.exitCode = 2
        return
      }
      const pool = threads.openForecastPool()
      const widen = country === null ? null : (position: number) => events.wideningAt(position, country)
      const forecast = await forecastFile(file, options.days, pool, widen).finally(() => pool.close())
      for (const text of file.notes) note(text)
      const noted = forecast.series.filter(({ notes }) => notes.length > 0)
      if (noted.length > NOTED) process.stderr.write(`${noted.length} series have notes: see --json or --html.\n`)
      else for (const { name, notes } of noted) for (const text of notes) note(`${name === null ? '' : `${name}: `}${text}`)
      if (options.html !== undefined) {
        const [{ writeFile }, { forecastAsHtml }] = await Promise.all([
          import('node:fs/promises'),
          import('../views/forecast-html.js'),
        ])
        await writeFile(options.html, forecastAsHtml(forecast, `Forecast of ${options.data}`))
        note(`Wrote ${options.html}.`)
      }
      if (options.json) for (const piece of views.forecastAsJson(forecast)) process.stdout.write(piece)
      else process.stdout.write(views.forecastForPeople(forecast, { colour: pc.isColorSupported }))
      if (forecast.series.length === 0) process.exitCode = statusOfRefused(forecast.skipped)
      if (options.json && forecast.series.length === 0) process.stderr.write(refusedInWords(forecast.skipped))
    })
}

function stepsOf(text: string): number {
  const steps = Number(text)
  if (!Number.isInteger(steps) || steps < 1 || steps > LONGEST)
    throw new InvalidArgumentError(`a whole number from 1 to ${LONGEST}.`)
  return steps
}
