/** All that must hold, judged from what is left when all is quiet. */

import type { Evidence } from './evidence.js'
import { judgeChanges } from './judge-changes.js'
import { judgeGuardrails } from './judge-guardrails.js'
import { judgeMessages } from './judge-messages.js'
import { judgeStops } from './judge-stops.js'
import type { Violation } from './violation.js'

export const judge = (evidence: Evidence): Violation[] => [
  ...judgeChanges(evidence),
  ...judgeMessages(evidence),
  ...judgeStops(evidence),
  ...judgeGuardrails(evidence),
]
