import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { MessageForm, RepeatVerdict } from '../../activities/messages/contract.js'
import { temporalNames } from '../../temporal.config.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../test/support/workflow-room.js'
import { deliveryStatus, type DeliveryStatus } from '../base/contracts.js'
import { sendMessage } from './send-message.js'

let room: WorkflowRoom
beforeAll(async () => {
  room = await openWorkflowRoom(['prepareMessage', 'sendToWhatsApp', 'settleMessage', 'judgeRepeat'])
})
afterAll(() => room?.stop())

const failure = (type: string, nonRetryable = true, retryAfter: number | null = null) =>
  ApplicationFailure.create({ message: `the ${type} failure`, type, nonRetryable, details: [{ retryAfter }] })
const status = (name: DeliveryStatus['status'], code: number | null = null): DeliveryStatus => ({
  status: name,
  code,
  reason: null,
})

interface Try {
  /** What the sending fails with. */
  readonly fails?: ApplicationFailure
  /** What the webhooks then say. */
  readonly then?: readonly DeliveryStatus[]
}

/** Sends a message whose tries have the given results, with short waits. */
async function send(
  tries: readonly Try[],
  options: {
    form?: MessageForm
    reference?: number
    delivery?: number
    quietUntil?: number
    stopped?: string
    /** What is found each time that it is asked whether it may be sent again; then that it may. */
    verdicts?: RepeatVerdict[]
  } = {},
) {
  const { form = 'text', reference = 300, delivery = 300 } = options
  const id = `message:${Math.random().toString(36).slice(2)}`
  const forms: MessageForm[] = []
  const settled: { status: string; reason: string | null }[] = []
  const verdicts = [...(options.verdicts ?? [])]
  let asked = 0
  let quietUntil = options.quietUntil ?? null
  const handle = () => room.client.workflow.getHandle(id)
  room.give({
    prepareMessage: () => {
      const plan = { form, quietUntil, accepted: false, ...(options.stopped === undefined ? {} : { stopped: options.stopped }) }
      quietUntil = null
      return Promise.resolve(plan)
    },
    sendToWhatsApp: async ({ form: used }) => {
      const turn = tries[forms.push(used) - 1] ?? {}
      for (const said of turn.then ?? []) await handle().signal(deliveryStatus, said)
      if (turn.fails !== undefined) throw turn.fails
    },
    judgeRepeat: () => {
      asked += 1
      return Promise.resolve(verdicts.shift() ?? { kind: 'send-again' })
    },
    settleMessage: ({ status, reason }) => Promise.resolve(void settled.push({ status, reason })),
  })
  const result = await room.client.workflow.execute(sendMessage, {
    workflowId: id,
    taskQueue: temporalNames('').queues.main,
    args: [{ message: 'm', account: 'moda-tr', recipient: 'owner', waits: { reference, delivery } }],
  })
  return { result, forms, settled, asked }
}

describe('a message', () => {
  it('is sent once, and is done when it is delivered', async () => {
    const { result, forms, settled } = await send([{ then: [status('sent'), status('delivered')] }])
    expect(forms).toEqual(['text'])
    expect(result.status).toBe('delivered')
    expect(settled).toEqual([{ status: 'delivered', reason: null }])
  })

  it('is done if WhatsApp accepted it and no report arrives', async () => {
    const { result, forms } = await send([{ then: [status('sent')] }])
    expect(forms).toHaveLength(1)
    expect(result.status).toBe('accepted')
  })

  it('with an unknown outcome is not sent again if a report has its reference', async () => {
    const { result, forms } = await send([{ fails: failure('unknown-outcome'), then: [status('sent'), status('delivered')] }])
    expect(forms).toHaveLength(1)
    expect(result.status).toBe('delivered')
  })

  it('with an unknown outcome and no report is sent once more, and never a third time', async () => {
    const lost = { fails: failure('unknown-outcome') }
    const { result, forms } = await send([lost, lost, lost])
    expect(forms).toHaveLength(2)
    expect(result.status).toBe('unknown')
  })

  it('with an unknown outcome is sent once more only if reports can reach us', async () => {
    const lost = { fails: failure('unknown-outcome') }
    const wait = { kind: 'wait', for: 100 } as const
    const { forms, asked } = await send([lost, { then: [status('delivered')] }], { verdicts: [wait, wait] })
    expect([forms.length, asked]).toEqual([2, 3])
  })

  it('whose report is found late in the store is not sent again', async () => {
    const { result, forms } = await send([{ fails: failure('unknown-outcome') }], { verdicts: [{ kind: 'went-out' }] })
    expect([forms.length, result.status]).toEqual([1, 'accepted'])
  })

  it('of a rule that was stopped is withdrawn, before the first try and before the next', async () => {
    const before = await send([], { stopped: 'stopped by hand' })
    expect([before.forms, before.result.status]).toEqual([[], 'withdrawn'])
    const retried = await send([{ fails: failure('rate-limited', false, 20) }, { fails: failure('stopped') }])
    expect(retried.settled).toEqual([{ status: 'withdrawn', reason: 'the stopped failure' }])
    const lost = await send([{ fails: failure('unknown-outcome') }, { fails: failure('stopped') }])
    expect(lost.result.status).toBe('unknown')
  })

  it('is sent as the template if free text is refused, at once or by a later report', async () => {
    const atOnce = await send([{ fails: failure('outside-window') }, { then: [status('delivered')] }])
    expect(atOnce.forms).toEqual(['text', 'template'])
    const later = await send([
      { then: [status('failed', 131047)] },
      // The report about the text arrives a second time: it says nothing about the template.
      { then: [status('failed', 131047), status('delivered')] },
    ])
    expect(later.forms).toEqual(['text', 'template'])
    expect(later.result.status).toBe('delivered')
  })

  it('that can never be delivered fails at once, with the reason', async () => {
    const refused = await send([{ fails: failure('undeliverable') }])
    expect(refused.forms).toHaveLength(1)
    expect(refused.settled).toEqual([{ status: 'failed', reason: 'the undeliverable failure' }])
    const reported = await send([{ then: [status('failed', 131026)] }])
    expect(reported.forms).toHaveLength(1)
    expect(reported.result.status).toBe('failed')
  })

  it('that was refused temporarily is sent again after the requested delay', async () => {
    const busy = { fails: failure('rate-limited', false, 20) }
    const { result, forms } = await send([busy, busy, { then: [status('read')] }])
    expect(forms).toHaveLength(3)
    expect(result.status).toBe('read')
  })

  it('waits for the end of quiet hours', async () => {
    const { result, forms } = await send([{ then: [status('delivered')] }], { quietUntil: Date.now() + 200 })
    expect(forms).toHaveLength(1)
    expect(result.status).toBe('delivered')
  })
})
