/** All activities, bound to their dependencies, grouped by the task queue that runs them. */

import type { ActivityDependencies } from './base/dependencies.js'
import { askApproval, settleApproval } from './carry-out/ask-approval.js'
import { callWebhook } from './carry-out/call-webhook.js'
import { evaluateCheck, planCheck } from './carry-out/check-step.js'
import { composeMessage } from './carry-out/compose-message.js'
import { composeNotice } from './carry-out/compose-notice.js'
import { openCarryOut } from './carry-out/open-carry-out.js'
import { openLaunchStep } from './carry-out/open-launch-step.js'
import { planWait } from './carry-out/plan-wait.js'
import { recheckApproval } from './carry-out/recheck-approval.js'
import { recordProgress } from './carry-out/record-progress.js'
import { applyMutation } from './change/apply-mutation.js'
import { checkKept } from './change/keep-change.js'
import { prepareChange, refuseChange } from './change/prepare-change.js'
import { prepareStep } from './change/prepare-step.js'
import { settleMutation } from './change/settle-mutation.js'
import type {
  ForecastActivities,
  MainActivities,
  MetaMutationActivities,
  MetaReadActivities,
  WebhookActivities,
  WhatsAppActivities,
} from './contracts.js'
import { findAnomalies } from './insight/find-anomalies.js'
import { makeSuggestions } from './insight/make-suggestions.js'
import type { LaunchMutationActivities, LaunchReadActivities, LaunchStoreActivities } from './launch/contract.js'
import { createLaunchObject } from './launch/create-object.js'
import { planLaunchRun } from './launch/plan-run.js'
import { preparePublish, prepareRepause } from './launch/publish.js'
import { planRollback, rollBackLaunchObject } from './launch/roll-back.js'
import { composeLaunchNotice, settleLaunch } from './launch/settle.js'
import { updateLaunchObject } from './launch/update-object.js'
import { awaitLaunchVideo, uploadLaunchMedia } from './launch/upload-media.js'
import { judgeRepeat } from './messages/judge-repeat.js'
import { prepareMessage } from './messages/prepare-message.js'
import { sendToWhatsApp } from './messages/send-to-whatsapp.js'
import { settleMessage } from './messages/settle-message.js'
import { composeSyncNotice } from './messages/sync-notice.js'
import { storeInsightsReport, syncInsights } from './sync/sync-insights.js'
import { syncStructure } from './sync/sync-structure.js'
import { withCalls } from './tick/count-calls.js'
import { evaluateRules } from './tick/evaluate-rules.js'
import { composeEventNotice } from './tick/event-notice.js'
import { planEvents } from './tick/plan-events.js'
import { planTick } from './tick/plan-tick.js'
import { type ForecastRunner, prepareForecasts } from './tick/prepare-forecasts.js'

export const mainActivities = (dependencies: ActivityDependencies): MainActivities & LaunchStoreActivities => ({
  planTick: planTick(dependencies),
  planEvents: planEvents(dependencies),
  evaluateRules: withCalls(dependencies, evaluateRules(dependencies)),
  findAnomalies: withCalls(dependencies, findAnomalies(dependencies)),
  makeSuggestions: makeSuggestions(dependencies),
  openCarryOut: openCarryOut(dependencies),
  planWait: planWait(dependencies),
  recordProgress: recordProgress(dependencies),
  composeMessage: composeMessage(dependencies),
  composeEventNotice: composeEventNotice(dependencies),
  composeNotice: composeNotice(dependencies),
  composeSyncNotice: composeSyncNotice(dependencies),
  prepareMessage: prepareMessage(dependencies),
  judgeRepeat: judgeRepeat(dependencies),
  settleMessage: settleMessage(dependencies),
  settleMutation: settleMutation(dependencies),
  refuseChange: refuseChange(dependencies),
  askApproval: askApproval(dependencies),
  settleApproval: settleApproval(dependencies),
  planCheck: planCheck(dependencies),
  evaluateCheck: evaluateCheck(dependencies),
  openLaunchStep: openLaunchStep(dependencies),
  planRollback: planRollback(dependencies),
  settleLaunch: settleLaunch(dependencies),
  composeLaunchNotice: composeLaunchNotice(dependencies),
})

export const metaReadActivities = (dependencies: ActivityDependencies): MetaReadActivities & LaunchReadActivities => ({
  syncStructure: syncStructure(dependencies),
  syncInsights: syncInsights(dependencies),
  storeInsightsReport: storeInsightsReport(dependencies),
  prepareStep: prepareStep(dependencies),
  prepareChange: prepareChange(dependencies),
  checkKept: checkKept(dependencies),
  recheckApproval: recheckApproval(dependencies),
  planLaunch: planLaunchRun(dependencies),
  awaitLaunchVideo: awaitLaunchVideo(dependencies),
  preparePublish: preparePublish(dependencies),
  prepareRepause: prepareRepause(dependencies),
})

export const metaMutationActivities = (
  dependencies: ActivityDependencies,
): MetaMutationActivities & LaunchMutationActivities => ({
  applyMutation: applyMutation(dependencies),
  uploadLaunchMedia: uploadLaunchMedia(dependencies),
  createLaunchObject: createLaunchObject(dependencies),
  updateLaunchObject: updateLaunchObject(dependencies),
  rollBackLaunchObject: rollBackLaunchObject(dependencies),
})

export const whatsAppActivities = (dependencies: ActivityDependencies): WhatsAppActivities => ({
  sendToWhatsApp: sendToWhatsApp(dependencies),
})

export const forecastActivities = (dependencies: ActivityDependencies, runner: ForecastRunner): ForecastActivities => ({
  prepareForecasts: prepareForecasts(dependencies, runner),
})

/** These run on the queue of the workflows: they only wait for an answer, which costs nothing. */
export const webhookActivities = (dependencies: ActivityDependencies): WebhookActivities => ({
  callWebhook: callWebhook(dependencies),
})
