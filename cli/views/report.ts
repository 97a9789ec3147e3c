/** Output of `tetik report`. Each text ends with a line break. */

import { reportAsData } from '../../engine/report/report-json.js'
import { reportText } from '../../engine/report/report-text.js'
import type { Report } from '../../engine/report/report.js'
import { printable, printableLines } from '../../engine/text/printable.js'
import type { Language } from '../../engine/text/value-text.js'
import type { ShownReport } from '../stored/report.js'

export const reportForPeople = ({ report, language, sent }: ShownReport): string =>
  `${printableLines(reportText(report, language))}\n${sent === null ? '' : `\n${printable(`Sending to ${sent.recipient} (${sent.id}).`)}\n`}`

export const reportAsJson = ({ report, language, sent }: ShownReport): string =>
  `${JSON.stringify({ ...asData(report, language), sent }, null, 2)}\n`

const asData = (report: Report, language: Language) => ({ ...reportAsData(report), language, text: reportText(report, language) })
