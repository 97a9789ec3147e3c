/** A table of a carry-out's steps and their progress, which Temporal's UI shows under "current details". */

import { setCurrentDetails } from '@temporalio/workflow'

import type { CarryOutStep } from '../../activities/carry-out/contract.js'

export class StepTable {
  readonly #states: string[]

  /** @param trace the condition's trace as a Markdown table, shown above the steps */
  constructor(
    private readonly steps: readonly CarryOutStep[],
    private readonly trace: string,
  ) {
    this.#states = steps.map(() => '')
    setCurrentDetails(this.text())
  }

  begin(index: number): void {
    this.#states[index] = '…'
    setCurrentDetails(this.text())
  }

  end(index: number, note: string): void {
    this.#states[index] = note
    setCurrentDetails(this.text())
  }

  /** @param closing a last paragraph: how the carry-out ended */
  text(closing?: string): string {
    const rows = this.steps.map((step, index) => `| ${index + 1} | ${cell(step.title)} | ${cell(this.#states[index] ?? '')} |`)
    const parts = [this.trace, ['| | step | |', '|---|---|---|', ...rows].join('\n')]
    if (closing !== undefined) parts.push(closing)
    return parts.join('\n\n')
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
