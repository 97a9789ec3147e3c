/** The sub-commands, in the order in which `tetik --help` shows them. */

import type { Command } from 'commander'

import { addAnomalies } from './commands/anomalies.js'
import { addApi } from './commands/api.js'
import { addApply } from './commands/apply.js'
import { addBacktest } from './commands/backtest.js'
import { addCheck } from './commands/check.js'
import { addDoctor } from './commands/doctor.js'
import { addEval } from './commands/eval.js'
import { addExplain } from './commands/explain.js'
import { addForecast } from './commands/forecast.js'
import { addImport } from './commands/import.js'
import { addInit } from './commands/init.js'
import { addPlan } from './commands/plan.js'
import { addReport } from './commands/report.js'
import { addSandbox } from './commands/sandbox.js'
import { addSchema } from './commands/schema.js'
import { addSnooze } from './commands/snooze.js'
import { addResume, addStop } from './commands/stop.js'
import { addTemporal } from './commands/temporal.js'
import { addTest } from './commands/test.js'
import { addUndo } from './commands/undo.js'
import { addUp } from './commands/up.js'
import { addWorker } from './commands/worker.js'

type AddCommand = (program: Command) => void

/** Each file in `commands/` exports one of these. */
const COMMANDS: readonly AddCommand[] = [
  addInit,
  addUp,
  addCheck,
  addTest,
  addEval,
  addBacktest,
  addExplain,
  addForecast,
  addAnomalies,
  addPlan,
  addApply,
  addReport,
  addImport,
  addUndo,
  addSnooze,
  addStop,
  addResume,
  addDoctor,
  addSchema,
  addWorker,
  addApi,
  addSandbox,
  addTemporal,
]

export function addCommands(program: Command): void {
  for (const add of COMMANDS) add(program)
}
