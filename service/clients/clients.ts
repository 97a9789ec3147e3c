/** The clients for Meta, WhatsApp and webhooks, configured from the settings. */

import type { CountedCall } from '../../connectors/meta/call-kind.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import { createWebhookClient, type WebhookClient } from '../../connectors/webhook/client.js'
import type { WhatsAppClient } from '../../connectors/whatsapp/client.js'
import { createWhatsAppClient } from '../../connectors/whatsapp/create-client.js'
import type { Account } from '../../engine/account/account.js'
import type { ServiceSettings } from '../settings/settings.js'

export interface Clients {
  /** Returns the account's client, created when first needed: it keeps that account's token and rate limits. */
  readonly meta: (account: Pick<Account, 'id' | 'tokenVariable'>) => MetaClient
  readonly whatsapp: WhatsAppClient
  readonly webhooks: WebhookClient
  close(): Promise<void>
}

/**
 * @param signal called for every request; returns the signal that aborts it when the work it belongs to is cancelled
 * @param onCall called for each call to Meta, with the account's id
 */
export function openClients(
  { meta, whatsapp, variables }: Pick<ServiceSettings, 'meta' | 'whatsapp' | 'variables'>,
  signal?: () => AbortSignal | undefined,
  onCall?: (accountId: string, call: CountedCall) => void,
): Clients {
  const clients = new Map<string, MetaClient>()
  const whatsappClient = createWhatsAppClient({
    baseUrl: whatsapp.graphUrl,
    version: meta.version,
    phoneId: whatsapp.phoneId ?? '',
    appSecret: whatsapp.appSecret ?? undefined,
    token: () => whatsapp.accessToken ?? '',
    signal,
  })
  const webhooks = createWebhookClient({ signal })
  return {
    whatsapp: whatsappClient,
    webhooks,
    meta: ({ id, tokenVariable }) => {
      const key = `${id} ${tokenVariable}`
      let client = clients.get(key)
      if (client === undefined) {
        client = createMetaClient({
          baseUrl: meta.graphUrl,
          version: meta.version,
          appSecret: meta.appSecret ?? undefined,
          token: () => variables[tokenVariable] ?? '',
          signal,
          onCall: (call) => onCall?.(id, call),
        })
        clients.set(key, client)
      }
      return client
    },
    close: async () => {
      await Promise.all([whatsappClient.close(), webhooks.close(), ...[...clients.values()].map((client) => client.close())])
    },
  }
}
