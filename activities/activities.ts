/** All activities, bound to what they work with, by the task queue that does them. */

import { applyMutation } from './apply-mutation.js'
import { askApproval, settleApproval } from './ask-approval.js'
import { callWebhook } from './call-webhook.js'
import { evaluateCheck, planCheck } from './check-step.js'
import { withCalls } from './count-calls.js'
import { composeMessage } from './compose-message.js'
import type {
  ForecastActivities,
  MainActivities,
  MetaMutationActivities,
  MetaReadActivities,
  WebhookActivities,
  WhatsAppActivities,
} from './contracts.js'
import { createLaunchObject } from './create-launch-object.js'
import type { ActivityDependencies } from './dependencies.js'
import type { LaunchMutationActivities, LaunchReadActivities, LaunchStoreActivities } from './launch-contracts.js'
import { judgeRepeat } from './judge-repeat.js'
import { openLaunchStep } from './open-launch-step.js'
import { planLaunchRun } from './plan-launch.js'
import { preparePublish, prepareRepause } from './publish-launch.js'
import { planRollback, rollBackLaunchObject } from './roll-back-launch.js'
import { composeLaunchNotice, settleLaunch } from './settle-launch.js'
import { updateLaunchObject } from './update-launch-object.js'
import { awaitLaunchVideo, uploadLaunchMedia } from './upload-launch-media.js'
import { evaluateRules } from './evaluate-rules.js'
import { composeNotice } from './compose-notice.js'
import { composeEventNotice } from './event-notice.js'
import { findAnomalies } from './find-anomalies.js'
import { checkKept } from './keep-change.js'
import { makeSuggestions } from './make-suggestions.js'
import { openCarryOut } from './open-carry-out.js'
import { planEvents } from './plan-events.js'
import { planTick } from './plan-tick.js'
import { planWait } from './plan-wait.js'
import { prepareChange, refuseChange } from './prepare-change.js'
import { prepareMessage } from './prepare-message.js'
import { prepareStep } from './prepare-step.js'
import { prepareForecasts, type ForecastRunner } from './prepare-forecasts.js'
import { recheckApproval } from './recheck-approval.js'
import { recordProgress } from './record-progress.js'
import { sendToWhatsApp } from './send-to-whatsapp.js'
import { settleMessage } from './settle-message.js'
import { settleMutation } from './settle-mutation.js'
import { storeInsightsReport, syncInsights } from './sync-insights.js'
import { composeSyncNotice } from './sync-notice.js'
import { syncStructure } from './sync-structure.js'

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

/** On the queue of the workflows themselves: they wait for an answer, and are no load. */
export const webhookActivities = (dependencies: ActivityDependencies): WebhookActivities => ({
  callWebhook: callWebhook(dependencies),
})
