/** Uploads of images and videos: the client against the sandbox. */

import { createHash, randomBytes } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  ACCOUNT,
  clock,
  failure,
  IMPATIENT,
  meta,
  MINUTE,
  play,
  PNG,
  requests,
  uploadVideo,
} from '../test/conformance/launch-sandbox.js'

describe('images', () => {
  it('with the same bytes are the same image, and are found by their hash', async () => {
    const client = meta()
    const hash = createHash('md5').update(PNG).digest('hex')
    for (const name of ['hero.png', 'çok "güzel".png']) {
      expect(await client.uploadImage(ACCOUNT, { name, bytes: PNG })).toEqual({ hash })
    }
    expect(await client.findImage(ACCOUNT, hash)).toEqual({ hash, status: 'ACTIVE' })
    expect(await client.findImage(ACCOUNT, '0'.repeat(32))).toBeNull()
  })

  it('appear in the request log only by name and size', async () => {
    await meta().uploadImage(ACCOUNT, { name: 'log.png', bytes: PNG })
    const [request] = (await requests('path=adimages&method=POST')).slice(-1)
    expect(request?.parameters.source).toEqual({ file: 'log.png', bytes: PNG.length })
  })

  it('that are invalid are refused with a message', async () => {
    const error = await failure(meta().uploadImage(ACCOUNT, { name: 'hero.png', bytes: Buffer.from('<html>404</html>') }))
    expect(error).toMatchObject({ kind: 'invalid-request', code: 100, userTitle: 'Invalid image' })
  })

  it('of any bytes and name leave the form around them intact', async () => {
    const client = meta()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string({ minLength: 1, maxLength: 30 }), async (bytes, name) => {
        const content = Buffer.concat([PNG, Buffer.from('\r\n--'), bytes])
        clock.now += 1000
        const { hash } = await client.uploadImage(ACCOUNT, { name, bytes: content })
        expect(hash).toBe(createHash('md5').update(content).digest('hex'))
      }),
      { numRuns: 25 },
    )
  })
})

describe('videos', () => {
  it('continue where Meta says after a lost answer, without duplicating bytes', async () => {
    const client = meta()
    const bytes = randomBytes(1_600_000)
    const { session, videoId, start, end } = await client.startVideoUpload(ACCOUNT, { bytes: bytes.length })
    const chunk = { session, start, bytes: bytes.subarray(start, end) }
    await play([{ kind: 'timeout-after-write', match: { method: 'POST', path: 'advideos' } }])
    expect(await failure(meta(IMPATIENT).transferVideoChunk(ACCOUNT, chunk))).toMatchObject({ kind: 'unknown-outcome' })
    await play([])
    const wanted = await client.transferVideoChunk(ACCOUNT, chunk)
    expect(wanted).toEqual({ start: end, end: bytes.length, taken: false })
    const last = await client.transferVideoChunk(ACCOUNT, { session, start: end, bytes: bytes.subarray(end) })
    expect(last).toEqual({ start: bytes.length, end: bytes.length, taken: true })
    for (let time = 0; time < 2; time += 1) await client.finishVideoUpload(ACCOUNT, { session, title: 'kesik.mp4' })
    clock.now += MINUTE
    expect(await client.readVideoStatus(videoId)).toMatchObject({ status: 'ready' })
    const created = (await requests('path=advideos&effects=true'))
      .flatMap(({ mutations }) => mutations)
      .filter(({ object, field }) => object === videoId && field === 'created')
    expect(created.map(({ after }) => (after as { md5: string }).md5)).toEqual([createHash('md5').update(bytes).digest('hex')])
  })

  it('that Meta cannot process end in an error, with Meta’s message', async () => {
    const client = meta()
    const { videoId } = await uploadVideo(client, Buffer.from('<html>not a video</html>'))
    clock.now += MINUTE
    expect(await client.readVideoStatus(videoId)).toMatchObject({
      status: 'error',
      message: expect.stringContaining('format') as string,
    })
  })

  it('cannot be finished while bytes are missing, and are not found if they do not exist', async () => {
    const client = meta()
    const { session } = await client.startVideoUpload(ACCOUNT, { bytes: 100 })
    expect(await failure(client.finishVideoUpload(ACCOUNT, { session, title: 'x' }))).toMatchObject({ code: 6001 })
    expect(await failure(client.readVideoStatus('42'))).toMatchObject({ kind: 'not-found' })
    expect(await failure(client.startVideoUpload(ACCOUNT, { bytes: 0 }))).toMatchObject({ code: 100 })
  })
})
