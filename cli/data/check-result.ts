/** The result of checking files. */

import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import type { AllowedWarning } from '../../engine/lint/lint.js'
import type { Rule } from '../../engine/rule/rule.js'

export interface CheckResult {
  /** Whether the rules may be loaded. */
  readonly ok: boolean
  /** Names of the files that were read, `tetik.yaml` included. */
  readonly files: readonly string[]
  readonly rules: readonly Rule[]
  /** Absent if launch specs were not checked. */
  readonly launches?: readonly LaunchSpec[]
  readonly diagnostics: readonly Diagnostic[]
  /** Warnings that the files allow, with their reasons. */
  readonly allowed: readonly AllowedWarning[]
}
