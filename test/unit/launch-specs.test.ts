/**
 * Compares the engine's launch specs with the sandbox, which was written from Meta's documentation independently: every spec in the
 * repository can be created there call by call, and then exists as the spec says.
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, it } from 'vitest'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { CreatableKind, ObjectFields } from '../../connectors/meta/launch-object.js'
import { loadSettings } from '../../engine/account/load.js'
import type { JsonObject } from '../../engine/launch/json.js'
import type { LaunchObject } from '../../engine/launch/launch-object.js'
import type { ExistingObject } from '../../engine/launch/launch-plan.js'
import { mediaOf } from '../../engine/launch/media.js'
import { GOAL_ROWS } from '../../engine/launch/meta/odax.js'
import { objectsOf } from '../../engine/launch/objects/objects.js'
import { planLaunch } from '../../engine/launch/plan/plan.js'
import { loadLaunches } from '../../engine/launch/read/load.js'
import { resolveRefs } from '../../engine/launch/refs.js'
import { OBJECTIVES } from '../../engine/metric/attributes.js'
import { readGoal } from '../../sandbox/writing/goal.js'
import { ACCOUNT, clock, meta, MINUTE } from '../conformance/launch-sandbox.js'

const ROOTS = [
  { settings: 'tetik.yaml', specs: 'specs' },
  { settings: 'examples/tetik.yaml', specs: 'examples/specs' },
]
const SPECS = ROOTS.flatMap(({ settings, specs }) =>
  readdirSync(specs)
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, string] => [join(specs, name), settings]),
)

// Before the dates in the specs.
clock.now = Date.parse('2026-02-02T09:00:00+03:00')

async function make(client: MetaClient, object: LaunchObject, bytes: Buffer | null, fields: ObjectFields): Promise<string> {
  if (object.kind === 'image')
    return (await client.uploadImage(ACCOUNT, { name: object.name, bytes: bytes ?? Buffer.alloc(0) })).hash
  if (object.kind === 'video' && bytes !== null) {
    const { session, videoId, ...wanted } = await client.startVideoUpload(ACCOUNT, { bytes: bytes.length })
    await client.transferVideoChunk(ACCOUNT, { session, start: wanted.start, bytes: bytes.subarray(0, wanted.end) })
    await client.finishVideoUpload(ACCOUNT, { session, title: object.name })
    clock.now += MINUTE
    return videoId
  }
  const paused = object.kind === 'creative' ? fields : { ...fields, status: 'PAUSED' }
  return (await client.createObject(ACCOUNT, object.kind as CreatableKind, paused)).id
}

it.each(SPECS)('%s can be created, and exists as the spec says', async (path, settingsPath) => {
  const { settings } = loadSettings(settingsPath, readFileSync(settingsPath, 'utf8'))
  const text = readFileSync(path, 'utf8')
  const { launches, diagnostics } = loadLaunches([{ path, text }], settings)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const spec = launches[0]
  if (spec === undefined) throw new Error('the file contains no launch spec')
  const files = new Map(mediaOf(spec).map((file) => [file, readFileSync(join(dirname(path), file))]))
  const known = new Map(
    [...files].map(([file, bytes]) => [file, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }]),
  )
  const objects = objectsOf(spec, known, () => true)

  const client = meta()
  const existing = new Map<string, ExistingObject>()
  const thumbnails = new Map<string, string>()
  for (const object of objects) {
    const fields = resolveRefs(object.fields, ({ kind, key }) =>
      kind === '$thumbnail' ? (thumbnails.get(key) ?? null) : (existing.get(key)?.id ?? null),
    ) as ObjectFields
    const id = await make(client, object, files.get(object.media?.path ?? '') ?? null, fields)
    if (object.kind === 'video') thumbnails.set(object.key, (await client.videoThumbnail(id)) ?? '')
    const isMedia = object.kind === 'image' || object.kind === 'video'
    const live = isMedia ? object.fields : ((await client.readObject(object.kind, id)) as JsonObject | null)
    existing.set(object.key, { id, applied: object.fields, live, readBack: live })
  }
  const again = planLaunch(objects, existing, spec.publish)
  expect(again.objects.map(({ object, action, drift }) => [object.key, action, drift])).toEqual(
    objects.map(({ key }) => [key, 'none', []]),
  )
  expect(again.leftAlone).toEqual([])
})

it('the sandbox accepts every goal of each objective, with its destination and promoted object', () => {
  const values: Readonly<Record<string, string>> = { custom_event_type: 'PURCHASE', object_store_url: 'https://apps.example/1' }
  for (const objective of OBJECTIVES) {
    const campaign = { id: '1', kind: 'campaign', parent: null, createdTime: 0, updatedTime: 0, fields: { objective } } as const
    for (const { goal, destination, promoted } of GOAL_ROWS[objective]) {
      const named = Object.fromEntries(promoted.map((key) => [key, values[key] ?? '1']))
      const parameters = {
        optimization_goal: goal,
        billing_event: 'IMPRESSIONS',
        ...(destination === null ? {} : { destination_type: destination }),
        ...(promoted.length === 0 ? {} : { promoted_object: named }),
      }
      expect(readGoal(parameters, campaign).optimization_goal, `${objective} ${goal}`).toBe(goal)
    }
  }
})
