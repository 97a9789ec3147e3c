/** The faults and their times: changing mixtures of sandbox faults, and processes killed with -9. */

import type { Project } from '../end-to-end/project.js'
import type { Dice } from './dice.js'
import type { Record as Log } from './record.js'

type FaultInList = Readonly<Record<string, unknown>>

/** Only matches changes: creates, insights and messages have other paths. */
const changes = (name: string, kind: string, probability: number, more: FaultInList = {}): FaultInList => ({
  name,
  kind,
  match: { method: 'POST', path: '/v27.0/1202*', probability },
  ...more,
})
const messages = (name: string, kind: string, probability: number, more: FaultInList = {}): FaultInList => ({
  name,
  kind,
  match: { method: 'POST', path: '/messages', probability },
  ...more,
})
const readings = (name: string, kind: string, probability: number): FaultInList => ({
  name,
  kind,
  match: { method: 'GET', path: '/v27.0/1202*', probability },
})

/** Returns all kinds of faults with random probabilities. */
function mixture(dice: Dice): readonly FaultInList[] {
  const share = (most: number): number => Math.round(dice.roll() * most * 100) / 100
  return [
    messages('message-lost-answer', 'connection-reset', share(0.4), { when: 'after' }),
    messages('message-slow', 'slow', share(0.2), { delay: 2_000 }),
    changes('change-lost-answer', 'connection-reset', share(0.5), { when: 'after' }),
    changes('change-hangs-after', 'timeout-after-write', share(0.05)),
    changes('change-not-made', 'connection-reset', share(0.2), { when: 'before' }),
    changes('change-500', 'http-500', share(0.25)),
    changes('change-slow', 'slow', share(0.3), { delay: 3_000 }),
    readings('reading-500', 'http-500', share(0.05)),
    readings('reading-reset', 'connection-reset', share(0.05)),
    { name: 'status-doubled', kind: 'webhook-doubled', match: { probability: share(0.6) } },
  ]
}

/** No response or delivery report of WhatsApp arrives: a message may be delivered without tetik knowing. */
const SILENCE: readonly FaultInList[] = [
  messages('message-unheard', 'connection-reset', 1, { when: 'after' }),
  ...['sent', 'delivered', 'read'].map((event) => ({ name: `lost-${event}`, kind: 'webhook-lost', match: { event } })),
]

const PARTS = ['worker', 'worker', 'worker', 'api', 'api', 'temporal'] as const

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function timesPlayed(project: Project, name: string): Promise<number> {
  const { faults } = await project.sandbox<{ faults: readonly { name: string; fired: number }[] }>('/sandbox/faults')
  return faults.find((fault) => fault.name.startsWith(name))?.fired ?? 0
}

/** @param until epoch milliseconds; afterwards all faults are off and nothing is killed any more */
export async function makeTrouble(project: Project, dice: Dice, log: Log, until: number): Promise<void> {
  const began = Date.now()
  let mixtures = 0
  // The sandbox's random numbers depend on a fault's name and count: without a new name, every mixture would begin with the same ones.
  const faults = async (list: readonly FaultInList[]): Promise<void> => {
    mixtures += 1
    await project.sandbox('/sandbox/faults', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(list.map((fault) => ({ ...fault, name: `${String(fault['name'])}-${mixtures}` }))),
    })
  }
  await faults(mixture(dice))
  await pause((until - began) / 10)
  // A message without an answer is sent again after two minutes, so this comes early enough to be seen before the end.
  await faults([...SILENCE, ...mixture(dice)])
  log.say('silence of WhatsApp')
  const heard = Date.now() + Math.min(20_000, (until - began) / 3)
  while (Date.now() < heard && (await timesPlayed(project, 'message-unheard')) < 2) await pause(250)
  while (Date.now() < until) {
    await faults(mixture(dice))
    await pause(Math.min(dice.between(3_000, 8_000), Math.max(0, until - Date.now())))
    if (Date.now() >= until) break
    const part = dice.pick(PARTS)
    try {
      await project.kill(part)
      log.say(`killed ${part}`)
    } catch {
      log.say(`${part} was not running and could not be killed`)
    }
  }
  await faults([])
  log.say('faults off')
}
