/**
 * Settings of the processes, from the environment and the project's `.env` file, checked as a whole. They may contain secrets, unlike
 * `tetik.yaml`, which is read elsewhere and may be committed.
 */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { parse } from 'dotenv'

import { DEFAULT_VERSION, GRAPH_VERSIONS, OFFERED_VERSIONS } from '../../connectors/graph-versions.js'
import { StoreError } from '../../store/base/error.js'
import { storeFile } from '../../store/base/store.js'
import { temporalSettings, type TemporalSettings } from './temporal-settings.js'

export interface ServiceSettings {
  /** The nearest folder at or above the current one with a `tetik.yaml` or a `.tetik`, else the current one. */
  readonly folder: string
  /** `.tetik` in that folder: databases, logs, the generated token. It need not exist yet. */
  readonly stateFolder: string
  /** The file that `DATABASE_URL` names, else `tetik.db` in the state folder: for `openStore`. */
  readonly storeUrl: string
  /** The only address that tetik's processes listen on. */
  readonly host: '127.0.0.1'
  /** API and panel. */
  readonly port: number
  readonly apiUrl: string
  /** Null if `TETIK_API_TOKEN` is not set; `service/settings/api-token.ts` then generates and stores one. */
  readonly apiToken: string | null
  /** The sandbox replaces Meta and WhatsApp while `META_ACCESS_TOKEN` is not set. */
  readonly sandbox: {
    readonly enabled: boolean
    readonly port: number
    readonly url: string
    readonly webhookUrl: string
    readonly scene: SandboxScene
  }
  readonly meta: {
    readonly graphUrl: string
    /** Graph API version, for Meta and WhatsApp: `v27.0`. */
    readonly version: string
    readonly accessToken: string | null
    readonly appSecret: string | null
  }
  readonly whatsapp: {
    readonly graphUrl: string
    readonly phoneId: string | null
    /** Id of the WhatsApp business account, whose templates `tetik doctor` checks. */
    readonly businessAccountId: string | null
    readonly accessToken: string | null
    readonly verifyToken: string | null
    readonly appSecret: string | null
  }
  readonly temporal: TemporalSettings
  /** All variables that are set, including `.env` and the sandbox's defaults: `tetik.yaml` refers to tokens and phones by variable. */
  readonly variables: Readonly<Record<string, string>>
}

/** The environment or `.env` has invalid values; `faults` has a sentence for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
  }
}

/** The sandbox's accounts: `large` adds one with 5,000 ads, for performance tests. */
const SANDBOX_SCENES = ['agency', 'large'] as const
export type SandboxScene = (typeof SANDBOX_SCENES)[number]

/** The sandbox's fixed identities, which are not secret. */
const SANDBOX_VARIABLES: Readonly<Record<string, string>> = {
  META_ACCESS_TOKEN: 'sandbox-token',
  META_APP_SECRET: 'sandbox-app-secret',
}
const SANDBOX_WHATSAPP_VARIABLES: Readonly<Record<string, string>> = {
  WHATSAPP_PHONE_ID: '106540352242922',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '102290129340398',
  WHATSAPP_ACCESS_TOKEN: 'sandbox-whatsapp-token',
  WHATSAPP_VERIFY_TOKEN: 'sandbox-verify-token',
  WHATSAPP_APP_SECRET: 'sandbox-whatsapp-secret',
}
const SANDBOX_OWNER_PHONE = '+905551112233'

const REAL_GRAPH_URL = 'https://graph.facebook.com'

/**
 * Reads the settings. The environment takes precedence over `.env`; an empty variable counts as not set.
 * @throws SettingsError with all faults
 */
export function loadServiceSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  currentFolder: string = process.cwd(),
): ServiceSettings {
  const folder = projectFolder(currentFolder)
  const faults: string[] = []
  const own = readVariables(environment, join(folder, '.env'), faults)

  const port = portOf(own, 'TETIK_PORT', 7070, faults)
  const sandboxPort = portOf(own, 'TETIK_SANDBOX_PORT', 7071, faults)
  const temporalPort = portOf(own, 'TETIK_TEMPORAL_PORT', 7233, faults)
  // The UI has no authentication, so it can be switched off.
  const temporalUiPort = own['TETIK_TEMPORAL_UI_PORT'] === '0' ? null : portOf(own, 'TETIK_TEMPORAL_UI_PORT', 8233, faults)
  findEqualPorts(
    {
      TETIK_PORT: port,
      TETIK_SANDBOX_PORT: sandboxPort,
      TETIK_TEMPORAL_PORT: temporalPort,
      ...(temporalUiPort === null ? {} : { TETIK_TEMPORAL_UI_PORT: temporalUiPort }),
    },
    faults,
  )

  const apiUrl = `http://127.0.0.1:${port}`
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`
  const sandboxed = own['META_ACCESS_TOKEN'] === undefined
  const variables = sandboxed ? withSandboxDefaults(own) : own
  const value = (name: string): string | null => variables[name] ?? null

  const graphUrl = urlOf(variables, 'META_GRAPH_URL', ['http:', 'https:'], faults) ?? (sandboxed ? sandboxUrl : REAL_GRAPH_URL)
  const version = versionOf(variables, faults)
  const ownWhatsapp = own['WHATSAPP_ACCESS_TOKEN'] !== undefined
  const whatsappUrl =
    urlOf(variables, 'WHATSAPP_GRAPH_URL', ['http:', 'https:'], faults) ?? (sandboxed && ownWhatsapp ? REAL_GRAPH_URL : graphUrl)
  const temporal = temporalSettings(variables, { port: temporalPort, uiPort: temporalUiPort }, faults)
  const stateFolder = join(folder, '.tetik')
  const storeUrl = storeUrlOf(variables['DATABASE_URL'], folder, faults) ?? join(stateFolder, 'tetik.db')
  const apiToken = tokenOf(variables['TETIK_API_TOKEN'], faults)
  const webhookUrl = urlOf(variables, 'TETIK_SANDBOX_WEBHOOK_URL', ['http:', 'https:'], faults) ?? `${apiUrl}/webhooks/whatsapp`
  const scene = sceneOf(variables['TETIK_SANDBOX_SCENE'], faults)
  if (faults.length > 0) throw new SettingsError(faults)

  return {
    folder,
    stateFolder,
    storeUrl,
    host: '127.0.0.1',
    port,
    apiUrl,
    apiToken,
    sandbox: { enabled: sandboxed, port: sandboxPort, url: sandboxUrl, webhookUrl, scene },
    meta: { graphUrl, version, accessToken: value('META_ACCESS_TOKEN'), appSecret: value('META_APP_SECRET') },
    whatsapp: {
      graphUrl: whatsappUrl,
      phoneId: value('WHATSAPP_PHONE_ID'),
      businessAccountId: value('WHATSAPP_BUSINESS_ACCOUNT_ID'),
      accessToken: value('WHATSAPP_ACCESS_TOKEN'),
      verifyToken: value('WHATSAPP_VERIFY_TOKEN'),
      appSecret: value('WHATSAPP_APP_SECRET'),
    },
    temporal,
    variables,
  }
}

function projectFolder(currentFolder: string): string {
  const start = resolve(currentFolder)
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'tetik.yaml')) || existsSync(join(folder, '.tetik'))) return folder
    if (dirname(folder) === folder) return start
  }
}

function readVariables(
  environment: Readonly<Record<string, string | undefined>>,
  envFile: string,
  faults: string[],
): Record<string, string> {
  let written: Record<string, string> = {}
  try {
    written = parse(readFileSync(envFile))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') faults.push(`${envFile} cannot be read (${String(code)}).`)
  }
  const variables: Record<string, string> = {}
  for (const source of [written, environment]) {
    for (const [name, text] of Object.entries(source)) if (text !== undefined && text !== '') variables[name] = text
  }
  return variables
}

/** Adds the sandbox's variables. With a WhatsApp token of one's own, only Meta is the sandbox's. */
function withSandboxDefaults(own: Readonly<Record<string, string>>): Record<string, string> {
  if (own['WHATSAPP_ACCESS_TOKEN'] !== undefined) return { ...own, ...SANDBOX_VARIABLES }
  return { OWNER_PHONE: SANDBOX_OWNER_PHONE, ...own, ...SANDBOX_VARIABLES, ...SANDBOX_WHATSAPP_VARIABLES }
}

function sceneOf(text: string | undefined, faults: string[]): SandboxScene {
  const scene = SANDBOX_SCENES.find((name) => name === text)
  if (text !== undefined && scene === undefined)
    faults.push(`TETIK_SANDBOX_SCENE is "${text}", but there are only ${SANDBOX_SCENES.join(' and ')}.`)
  return scene ?? SANDBOX_SCENES[0]
}

function portOf(variables: Readonly<Record<string, string>>, name: string, byDefault: number, faults: string[]): number {
  const text = variables[name]
  if (text === undefined) return byDefault
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  faults.push(`${name} is "${text}", but a port is a whole number from 1 to 65535.`)
  return byDefault
}

function findEqualPorts(ports: Readonly<Record<string, number>>, faults: string[]): void {
  const names = Object.keys(ports)
  names.forEach((name, index) => {
    const same = names.slice(index + 1).find((other) => ports[other] === ports[name])
    if (same !== undefined) faults.push(`${name} and ${same} are both ${ports[name]}; give each its own port.`)
  })
}

/** A relative path is resolved from the project's folder, wherever in it the command runs. */
function storeUrlOf(text: string | undefined, folder: string, faults: string[]): string | null {
  if (text === undefined) return null
  try {
    const file = storeFile(text)
    return file === ':memory:' ? file : resolve(folder, file)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    faults.push(error.message)
    return null
  }
}

/** The token gives full access, so it must not be guessable: 128 bits as base64url are 22 characters. */
const SHORTEST_TOKEN = 16

function tokenOf(text: string | undefined, faults: string[]): string | null {
  if (text === undefined) return null
  if (text.length >= SHORTEST_TOKEN) return text
  faults.push(
    `TETIK_API_TOKEN has ${text.length} characters and needs at least ${SHORTEST_TOKEN}; leave it out, and a random one is generated and stored in .tetik/api-token.`,
  )
  return null
}

/** Accepts only versions that tetik was written for: Meta may enable features by default in others. */
function versionOf(variables: Readonly<Record<string, string>>, faults: string[]): string {
  const text = variables['META_API_VERSION']
  if (text === undefined || OFFERED_VERSIONS.includes(text)) return text ?? DEFAULT_VERSION
  const ended = GRAPH_VERSIONS.find(({ name }) => name === text)?.ends
  const why = ended == null ? 'which tetik does not know' : `which Meta ended on ${ended}`
  faults.push(`META_API_VERSION is "${text}", ${why}; it is one of ${OFFERED_VERSIONS.join(', ')}.`)
  return DEFAULT_VERSION
}

/** Reads an address. The error does not show the value, which may contain a password. */
function urlOf(
  variables: Readonly<Record<string, string>>,
  name: string,
  protocols: readonly string[],
  faults: string[],
): string | null {
  const text = variables[name]
  if (text === undefined) return null
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '')
  faults.push(`${name} is not a valid address; it must start with ${protocols.join(' or ')}.`)
  return null
}
