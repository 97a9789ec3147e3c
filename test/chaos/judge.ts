/** All checks, run on the evidence once all work is done. */

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
