/** The activities that workflows may call, by the task queue that runs them. Each folder declares its own in `contract.ts`. */

import type { CarryOutActivities, CarryOutReadActivities, WebhookActivities } from './carry-out/contract.js'
import type { ChangeActivities, ChangeMutationActivities, ChangeReadActivities } from './change/contract.js'
import type { InsightActivities } from './insight/contract.js'
import type { LaunchMutationActivities, LaunchReadActivities, LaunchStoreActivities } from './launch/contract.js'
import type { MessageActivities, WhatsAppActivities } from './messages/contract.js'
import type { SyncActivities } from './sync/contract.js'
import type { ForecastActivities, TickActivities } from './tick/contract.js'

/** Activities that only touch our own store. */
export type MainActivities = TickActivities &
  InsightActivities &
  CarryOutActivities &
  ChangeActivities &
  LaunchStoreActivities &
  MessageActivities

/** Activities that read from Meta. */
export type MetaReadActivities = SyncActivities & ChangeReadActivities & CarryOutReadActivities & LaunchReadActivities

/** Activities that change something at Meta. */
export type MetaMutationActivities = ChangeMutationActivities & LaunchMutationActivities

export type { ForecastActivities, WebhookActivities, WhatsAppActivities }

export type Activities = MainActivities &
  MetaReadActivities &
  MetaMutationActivities &
  WhatsAppActivities &
  ForecastActivities &
  WebhookActivities
