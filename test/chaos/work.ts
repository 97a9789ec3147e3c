/** Makes people, other systems and rules act several times a second, often on the same few objects, where the order of changes matters. */

import type { Clients } from './clients.js'
import type { Dice } from './dice.js'
import type { Target } from './entities.js'
import { ACCOUNT_NAMES } from './scene.js'

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** An ad set's budget may change four times an hour at Meta, so the driver leaves the last of these to rules. */
const MOST_BUDGETS = 2

export class Work {
  readonly #budgets = new Map<string, number>()
  #value = 0

  constructor(
    private readonly clients: Clients,
    private readonly dice: Dice,
    private readonly targets: readonly Target[],
    /** Whether someone also corrects changes in Ads Manager, a moment after they were requested. */
    private readonly outside: boolean,
  ) {}

  /** Resolves when every request was answered or given up. */
  async until(end: number): Promise<void> {
    const stops = this.#stops(end)
    stops.catch(() => undefined)
    const open: Promise<void>[] = [stops]
    while (Date.now() < end) {
      const one = this.#one()
      // A rejection is reported at the end.
      one.catch(() => undefined)
      open.push(one)
      await pause(this.dice.between(150, 700))
    }
    await Promise.all(open)
  }

  async #stops(end: number): Promise<void> {
    const began = Date.now()
    for (const share of [0.3, 0.65]) {
      await pause(Math.max(0, began + share * (end - began) - Date.now()))
      const account = this.dice.pick(ACCOUNT_NAMES)
      const burst = this.#burst(account)
      await pause(this.dice.between(500, 2_500))
      await this.clients.stop(account)
      await burst
      for (let tries = 0; tries < 200 && !(await this.clients.isStopped(account)); tries += 1) await pause(200)
      await pause(Math.max(6_000, 0.12 * (end - began)))
      await this.clients.resume(account)
    }
  }

  /** Makes many rules of an account fire, so that they are in progress when it is stopped. */
  async #burst(account: string): Promise<void> {
    const its = this.targets.filter((target) => target.account === account)
    const adsets = its.filter(({ level }) => level === 'adset').slice(0, 4)
    const campaigns = its.filter(({ level, budget }) => level === 'campaign' && budget !== null).slice(0, 2)
    await Promise.all([
      ...adsets.map((target, index) => this.clients.event(index % 2 === 0 ? 'pause' : 'start', target, false)),
      ...campaigns.map((target) => this.clients.event('cut', target, false)),
    ])
  }

  #one(): Promise<void> {
    const { dice } = this
    const doubled = dice.happens(0.3)
    const adset = dice.pick(this.targets.filter(({ level }) => level === 'adset'))
    const campaign = dice.pick(this.targets.filter(({ level, budget }) => level === 'campaign' && budget !== null))
    const roll = dice.roll()
    if (roll < 0.25) return this.#budget(campaign)
    if (roll < 0.32)
      return this.#budget(dice.pick(this.targets.filter(({ level, budget }) => level === 'adset' && budget !== null)))
    if (roll < 0.5) return this.#status(adset)
    if (roll < 0.62) return this.clients.event('pause', adset, doubled)
    if (roll < 0.72) return this.clients.event('start', adset, doubled)
    if (roll < 0.8) {
      return this.clients.event(
        'raise',
        dice.pick(this.targets.filter(({ level, budget }) => level === 'adset' && budget !== null)),
        doubled,
      )
    }
    if (roll < 0.86) return this.clients.event('cut', campaign, doubled)
    if (roll < 0.92) return this.clients.event('raise-campaign', campaign, doubled)
    return this.clients.event('tell', campaign, doubled)
  }

  async #budget(target: Target): Promise<void> {
    const done = this.#budgets.get(target.id) ?? 0
    if (target.level === 'adset' && done >= MOST_BUDGETS) return
    this.#budgets.set(target.id, done + 1)
    await this.#twice(target, 'daily_budget', () => {
      this.#value += 1
      // No two values are the same, so that each write at Meta can be traced to its request.
      return String(Math.round((target.budget! * (0.8 + this.dice.roll() * 0.6)) / 1000) * 1000 + this.#value)
    })
  }

  #status(target: Target): Promise<void> {
    const first = this.dice.pick(['PAUSED', 'ACTIVE'])
    let asked = 0
    return this.#twice(target, 'status', () => ((asked++ === 0) === (first === 'PAUSED') ? 'PAUSED' : 'ACTIVE'))
  }

  /** Makes a change, which is often corrected a moment later by the same person or in Ads Manager. */
  async #twice(target: Target, field: 'status' | 'daily_budget', value: () => string): Promise<void> {
    const { dice, clients } = this
    const doubled = dice.happens(0.3)
    const gap = dice.between(50, 5_000)
    const roll = dice.roll()
    const first = clients.change(target, field, value(), doubled)
    if (roll < 0.45) {
      await pause(gap)
      await Promise.all([first, clients.change(target, field, value(), dice.happens(0.2))])
    } else if (this.outside && roll < 0.65 && target.level === 'campaign') {
      await pause(gap)
      await Promise.all([first, clients.editOutside(target, field, value())])
    } else if (this.outside && roll < 0.75 && field === 'status') {
      await pause(gap)
      await Promise.all([first, clients.editOutside(target, field, value())])
    } else {
      await first
    }
  }
}
