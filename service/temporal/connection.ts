/** Connections to Temporal, and the registration of its search attributes. */

import { Client, type ClientOptions, Connection } from '@temporalio/client'
import type { temporal } from '@temporalio/proto'

import { SEARCH_ATTRIBUTES, temporalNames, type TemporalNames } from '../../temporal.config.js'
import type { TemporalSettings } from '../settings/temporal-settings.js'

/** Milliseconds. */
const CONNECT_TIMEOUT = 10_000

/** Temporal cannot be reached, or lacks search attributes. The message says what to do. */
class TemporalUnavailableError extends Error {
  override readonly name = 'TemporalUnavailableError'
}

/** A client with the names of this installation's task queues and workflows. */
export class TetikClient extends Client {
  declare readonly connection: Connection
  readonly names: TemporalNames

  /** @param installation its id, of `store/base/installation.ts` */
  constructor(options: ClientOptions & { readonly connection: Connection }, installation: string) {
    super(options)
    this.names = temporalNames(installation)
  }
}

/** Returns a connected client; close it with `client.connection.close()`. */
export async function connectClient(settings: TemporalSettings, installation: string): Promise<TetikClient> {
  const connection = await reach(settings, () =>
    Connection.connect({ ...settings.connectionOptions, connectTimeout: CONNECT_TIMEOUT }),
  )
  return new TetikClient({ connection, namespace: settings.namespace }, installation)
}

/** Runs `connect`. @throws TemporalUnavailableError instead of any error that it throws */
export async function reach<T>(settings: TemporalSettings, connect: () => Promise<T>): Promise<T> {
  try {
    return await connect()
  } catch (error) {
    const how = settings.external
      ? 'Check TEMPORAL_ADDRESS (or the profile in temporal.toml), and that the server is running.'
      : 'Run `tetik up`, which starts one.'
    throw new TemporalUnavailableError(`Temporal does not answer at ${settings.address}. ${how}`, { cause: error })
  }
}

/** The operator service's number for the type Keyword. */
const KEYWORD: temporal.api.enums.v1.IndexedValueType = 2
const VISIBLE_WITHIN = 30_000

/**
 * Registers the search attributes that the namespace lacks, and waits until the server knows them: starting a workflow with an
 * unknown one would fail.
 *
 * @throws TemporalUnavailableError if the server does not allow it
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const wanted = Object.values(SEARCH_ATTRIBUTES)
  const missing = async (): Promise<string[]> => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    return wanted.filter((name) => !(name in (customAttributes ?? {})))
  }
  const names = await missing()
  if (names.length === 0) return
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(names.map((name) => [name, KEYWORD])),
    })
  } catch (error) {
    const commands = names.map((name) => `temporal operator search-attribute create --name ${name} --type Keyword`)
    throw new TemporalUnavailableError(
      `The namespace ${namespace} lacks search attributes, and tetik may not create them on this server. Create them with:\n${commands.join('\n')}`,
      { cause: error },
    )
  }
  for (const began = Date.now(); (await missing()).length > 0;) {
    if (Date.now() - began > VISIBLE_WITHIN)
      throw new TemporalUnavailableError('The new search attributes did not become visible.')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
