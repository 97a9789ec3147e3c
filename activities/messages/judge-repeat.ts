/** Decides when a message whose answer was lost may be sent again. */

import { ApplicationFailure } from '@temporalio/activity'

import { lastWebhookAt } from '../../store/incoming/webhook-ways.js'
import { findMessage } from '../../store/messages/messages.js'
import { lastOpenSend, type Send, sendsOfMessage } from '../../store/messages/sends.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageActivities } from './contract.js'

/**
 * A missing status report means that the message was not sent only if reports can reach us. So tetik waits until any webhook of
 * WhatsApp has arrived after the sending, but only up to a limit, because a lost alert is worse than a repeated one.
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
    // The sending was certainly refused or never began, and the worker died before it could report that: sending now is no repeat.
    if (open === undefined) return { kind: 'send-again' }
    const left = open.at + repeat.deadline - now()
    const seen = await lastWebhookAt(store, 'whatsapp')
    if (left <= 0 || (seen !== null && seen > open.at)) return { kind: 'send-again' }
    return { kind: 'wait', for: Math.min(repeat.look, left) }
  }

const isAccepted = ({ outcome }: Send): boolean => outcome === 'accepted'
