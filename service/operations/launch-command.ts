/** What `tetik plan` and `tetik apply` do in a project. */

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, relative, resolve, sep } from 'node:path'

import { WorkflowFailedError } from '@temporalio/client'

import { readLaunch } from '../../activities/launch/read-launch.js'
import type { Account, Settings } from '../../engine/account/account.js'
import { loadSettings } from '../../engine/account/load.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import type { LaunchReading } from '../../engine/launch/launch-plan.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import { installationId } from '../../store/base/installation.js'
import type { Store } from '../../store/base/store.js'
import { type LaunchObjectRow, objectsOfRun, standingObjects } from '../../store/launches/launch-objects.js'
import { findLaunchRun, type LaunchRunRow } from '../../store/launches/launch-runs.js'
import type { NewLaunchSpecRow } from '../../store/launches/launches.js'
import { openClients } from '../clients/clients.js'
import { mediaFiles } from '../rules/media-files.js'
import { isRuleFile, readProjectFiles, readTextFile, type TextFile } from '../rules/project-files.js'
import { readSpecs } from '../rules/specs.js'
import type { ServiceSettings } from '../settings/settings.js'
import { connectClient } from '../temporal/connection.js'
import { launchWorkflowId, startLaunch } from '../temporal/start-launch.js'
import { openProjectStore } from './project-store.js'

/** The spec does not exist, or has errors, which `diagnostics` then contains. */
export class SpecError extends Error {
  override readonly name = 'SpecError'

  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[] = [],
    readonly files: readonly TextFile[] = [],
  ) {
    super(message)
  }
}

export interface FoundSpec {
  readonly source: NewLaunchSpecRow
  readonly account: Account
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[]
  readonly files: readonly TextFile[]
}

/**
 * Finds a spec by its file or its key.
 *
 * @param name a file, or a spec's key
 * @throws SpecError, UnreadableFileError
 */
export async function findSpec(name: string, { folder }: ServiceSettings, now: number): Promise<FoundSpec> {
  const files = await readProjectFiles(folder)
  const read = files.settings === null ? null : loadSettings(files.settings.path, files.settings.text)
  const settings = read?.settings ?? null
  if (files.settings === null || settings === null) {
    const why =
      files.settings === null ? `There is no tetik.yaml in ${folder}, which names the accounts` : 'tetik.yaml has errors'
    throw new SpecError(`${why}.`, read?.diagnostics ?? [], files.settings === null ? [] : [files.settings])
  }
  const isFile = isRuleFile(name) || name.includes('/') || existsSync(name)
  const path = isFile ? relative(folder, resolve(name)).split(sep).join('/') : null
  const own = path === null ? null : await fileOf(folder, path)
  const all = own === null || files.specs.some((file) => file.path === own.path) ? files.specs : [...files.specs, own]
  const specs = readSpecs(all, settings, now)
  const found = specs.launches.find(({ spec }) => (path === null ? spec.key === name : spec.file === path))
  const about = specs.diagnostics.filter(({ file }) => file === (path ?? found?.spec.file))
  const errors = about.filter(({ severity }) => severity === 'error')
  if (found === undefined || errors.length > 0) throw specError(name, path, errors, { specs: specs.keys, files: all })
  return { source: found, account: accountOf(settings, found.spec), diagnostics: about, files: all }
}

async function fileOf(folder: string, path: string): Promise<TextFile> {
  const file = await readTextFile(folder, resolve(folder, path))
  if (file === null) throw new SpecError(`There is no file ${path}.`)
  return file
}

function specError(
  name: string,
  path: string | null,
  errors: readonly Diagnostic[],
  { specs, files }: { readonly specs: ReadonlyMap<string, unknown>; readonly files: readonly TextFile[] },
): SpecError {
  if (errors.length > 0) return new SpecError(`${basename(path ?? name)} has errors, so nothing is planned.`, errors, files)
  if (path !== null) return new SpecError(`${path} contains no launch spec.`)
  if (specs.has(name)) return new SpecError(`The spec ${name} has errors; run \`tetik plan\` with its file, which shows them.`)
  const keys = [...specs.keys()].join(', ')
  return new SpecError(`No spec in specs/ has \`launch: ${name}\`${keys === '' ? '' : `; there are: ${keys}`}.`)
}

const accountOf = ({ accounts }: Settings, spec: LaunchSpec): Account => accounts.find(({ name }) => name === spec.account)!

/**
 * Reads Meta and computes what applying the spec would do. Changes nothing.
 *
 * @throws ApplicationFailure `media-missing`; MetaError
 */
export async function readPlan({ source, account }: FoundSpec, service: ServiceSettings): Promise<LaunchReading> {
  const store = await openProjectStore(service)
  const clients = openClients(service)
  try {
    const client = clients.meta(account)
    return await readLaunch({ store, media: mediaFiles(service.folder), client }, account, source.spec)
  } finally {
    await clients.close()
    await store.close()
  }
}

export interface ApplyOptions {
  readonly rollback: boolean
  readonly overwriteDrift: boolean
  /** Called for each object as soon as its state changes. */
  readonly onProgress: (row: LaunchObjectRow) => void
  /** Called once if no worker begins the run for a while. */
  readonly onSilence: () => void
  /** Called once when the workflow has started; it keeps running if the caller stops following it. */
  readonly onStarted: (workflowId: string) => void
}

export interface AppliedLaunch {
  readonly run: LaunchRunRow
  readonly workflowId: string
  /** The launch's objects, by key. */
  readonly objects: readonly LaunchObjectRow[]
}

/** Interval between two reads of the store for progress, milliseconds. */
const PACE = 300
/** After this time without a beginning, `onSilence` is called, because perhaps no worker runs. Milliseconds. */
const SILENCE = 15_000

/**
 * Starts the launch and follows it to its end. It keeps running if the caller stops following.
 *
 * @throws LaunchInProgressError, TemporalUnavailableError
 */
export async function applyLaunch(found: FoundSpec, options: ApplyOptions, service: ServiceSettings): Promise<AppliedLaunch> {
  const store = await openProjectStore(service)
  try {
    const client = await connectClient(service.temporal, await installationId(store))
    try {
      const request = {
        run: randomUUID(),
        source: found.source,
        kind: 'apply' as const,
        rollback: options.rollback,
        overwriteDrift: options.overwriteDrift,
        madeBy: `api:${userName()}`,
      }
      const started = await startLaunch(store, client, request, Date.now())
      const workflowId = launchWorkflowId(client.names, started)
      options.onStarted(workflowId)
      const ended = client.workflow
        .getHandle(workflowId)
        .result()
        .then(
          () => null,
          (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
        )
      const error = await follow(store, started.id, options, ended)
      if (error !== null && !(error instanceof WorkflowFailedError)) throw error
      const run = (await findLaunchRun(store, started.id)) ?? started
      const { account, launch } = run
      return { run, workflowId, objects: [...(await standingObjects(store, { account, launch })).values()] }
    } finally {
      await client.connection.close()
    }
  } finally {
    await store.close()
  }
}

/** Reads the store until the workflow ends. @returns the workflow's error; null if it succeeded */
async function follow(
  store: Store,
  run: string,
  { onProgress, onSilence }: Pick<ApplyOptions, 'onProgress' | 'onSilence'>,
  ended: Promise<Error | null>,
): Promise<Error | null> {
  const shown = new Map<string, string>()
  const showProgress = async (): Promise<void> => {
    for (const row of await objectsOfRun(store, run)) {
      if (shown.get(row.id) === row.state) continue
      shown.set(row.id, row.state)
      onProgress(row)
    }
  }
  const RUNNING = Symbol('running')
  const silent = setTimeout(() => void isSilent().then((is) => is && onSilence()), SILENCE)
  const isSilent = async (): Promise<boolean> => (await findLaunchRun(store, run))?.state === 'planned'
  for (;;) {
    const state = await Promise.race([
      ended,
      new Promise<typeof RUNNING>((resolveLater) => setTimeout(resolveLater, PACE, RUNNING)),
    ])
    await showProgress()
    if (state === RUNNING) continue
    clearTimeout(silent)
    return state
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
