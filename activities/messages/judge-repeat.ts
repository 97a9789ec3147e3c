/** When a message whose answer was lost may be sent once more. */

import { ApplicationFailure } from '@temporalio/activity'

import { lastWebhookAt } from '../../store/incoming/webhook-ways.js'
import { findMessage } from '../../store/messages/messages.js'
import { lastOpenSend, type Send, sendsOfMessage } from '../../store/messages/sends.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageActivities } from './contract.js'

/**
 * A report that does not come says that the message did not go out only where reports can reach us: so any webhook of WhatsApp's
 * that came after the sending is waited for, up to a limit, since a lost alert is worse than a repeated one.
 */
export const judgeRepeat =
  ({ store, now, repeat }: ActivityDependencies): MessageActivities['judgeRepeat'] =>
  async ({ message: id }) => {
    const message = await findMessage(store, id)
    if (message === undefined) throw ApplicationFailure.nonRetryable(`There is no message ${id}.`, 'unknown-message')
    const open = await lastOpenSend(store, id)
    const sends = await sendsOfMessage(store, id)
    const wentOut = ['accepted', 'sent', 'delivered', 'read'].includes(message.status) || sends.some(isAccepted)
    if (wentOut) return { kind: 'went-out' }
    // Refused for certain, or never begun: the worker died before it could say so, and nothing is repeated.
    if (open === undefined) return { kind: 'send-again' }
    const left = open.at + repeat.deadline - now()
    const seen = await lastWebhookAt(store, 'whatsapp')
    if (left <= 0 || (seen !== null && seen > open.at)) return { kind: 'send-again' }
    return { kind: 'wait', for: Math.min(repeat.look, left) }
  }

const isAccepted = ({ outcome }: Send): boolean => outcome === 'accepted'
