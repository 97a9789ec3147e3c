/** A table of a launch's objects and their progress, which Temporal's UI shows under "current details". */

import { setCurrentDetails } from '@temporalio/workflow'

import type { LaunchStep } from '../../activities/launch/contract.js'

/** Temporal accepts 20 KB of details; of a larger launch, the objects that are not done yet are shown. */
const MOST_ROWS = 120

export class LaunchTable {
  readonly #states: string[]

  constructor(
    private readonly title: string,
    private readonly steps: readonly LaunchStep[],
  ) {
    this.#states = steps.map(() => '')
    this.show()
  }

  begin(index: number): void {
    this.#set(index, '…')
  }

  end(index: number, note: string): void {
    this.#set(index, note)
  }

  /** @param closing a last paragraph: how the launch ended */
  show(closing?: string): void {
    const open = this.#states.findIndex((state) => state === '' || state === '…')
    const from = Math.max(0, Math.min(open - 5, this.steps.length - MOST_ROWS))
    const rows = this.steps
      .slice(from, from + MOST_ROWS)
      .map((step, index) => `| ${from + index + 1} | ${cell(step.title)} | ${cell(this.#states[from + index] ?? '')} |`)
    const parts = [this.title]
    if (rows.length > 0) parts.push(['| | object | |', '|---|---|---|', ...rows].join('\n'))
    if (closing !== undefined) parts.push(closing)
    setCurrentDetails(parts.join('\n\n'))
  }

  #set(index: number, state: string): void {
    this.#states[index] = state
    this.show()
  }
}

const cell = (text: string): string => text.replaceAll('|', '\\|').slice(0, 120)
