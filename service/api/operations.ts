/** All operations, in the order of the OpenAPI document. A fixed path precedes a path with a parameter that would match it too. */

import type { AnyOperation } from './http/operation.js'
import { accountOperations } from './routes/accounts.js'
import { alertOperations } from './routes/alerts.js'
import { approvalOperations } from './routes/approvals.js'
import { changeOperations } from './routes/changes.js'
import { decisionStreamOperations } from './routes/decision-stream.js'
import { decisionOperations } from './routes/decisions.js'
import { entityOperations } from './routes/entities.js'
import { forecastOperations } from './routes/forecast.js'
import { hookOperations } from './routes/hooks.js'
import { insightOperations } from './routes/insights.js'
import { launchOperations } from './routes/launches.js'
import { machineOperations } from './routes/machines.js'
import { noteOperations } from './routes/notes.js'
import { reportOperations } from './routes/reports.js'
import { ruleOperations } from './routes/rules.js'
import { stopOperations } from './routes/stops.js'
import { suggestionOperations } from './routes/suggestions.js'
import { whatsAppOperations } from './routes/whatsapp-webhook.js'

export const OPERATIONS: readonly AnyOperation[] = [
  ...decisionStreamOperations,
  ...decisionOperations,
  ...approvalOperations,
  ...ruleOperations,
  ...accountOperations,
  ...entityOperations,
  ...insightOperations,
  ...forecastOperations,
  ...alertOperations,
  ...suggestionOperations,
  ...changeOperations,
  ...reportOperations,
  ...launchOperations,
  ...stopOperations,
  ...noteOperations,
  ...hookOperations,
  ...whatsAppOperations,
  ...machineOperations,
]
