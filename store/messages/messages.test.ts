import fc from 'fast-check'
import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import {
  findMessage,
  findMessageByWamid,
  intendMessage,
  type MessageNews,
  type MessageStatus,
  settleMessage,
} from './messages.js'

const message = { id: 'm', decision: null, account: 'moda-tr', recipient: 'owner', text: 'A paused', created_at: 1 }

/** In the order in which a message passes through them; a status never goes back. */
const ORDER: readonly MessageStatus[] = ['intended', 'unknown', 'accepted', 'sent', 'failed', 'delivered', 'read']

test('an existing message is returned', async () => {
  const store = await temporaryStore()
  expect(await intendMessage(store, message)).toMatchObject({ isNew: true, message: { status: 'intended' } })
  await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'accepted', wamid: 'w', sentAs: 'text', at: 2 })
  expect(await intendMessage(store, { ...message, text: 'B paused' })).toMatchObject({
    isNew: false,
    message: { status: 'accepted', text: 'A paused', wamid: 'w', sent_as: 'text' },
  })
})

test('reports in any order, even repeated ones, end at the furthest status', async () => {
  const news = fc.constantFrom<MessageNews['status']>('unknown', 'accepted', 'sent', 'failed', 'delivered', 'read')
  await fc.assert(
    fc.asyncProperty(fc.array(news, { minLength: 1, maxLength: 8 }), async (reports) => {
      const store = await temporaryStore()
      await intendMessage(store, message)
      for (const [index, status] of reports.entries())
        await settleMessage(store, { kind: 'id', id: 'm' }, { status, at: index + 2 })
      const furthest = reports.reduce<MessageStatus>(
        (best, status) => (ORDER.indexOf(status) > ORDER.indexOf(best) ? status : best),
        'intended',
      )
      expect((await findMessage(store, 'm'))?.status).toBe(furthest)
    }),
    { numRuns: 60 },
  )
})

test('a report finds the message by WhatsApp’s id; a late answer still adds the id', async () => {
  const store = await temporaryStore()
  await intendMessage(store, message)
  expect(await settleMessage(store, { kind: 'wamid', wamid: 'w' }, { status: 'delivered', at: 2 })).toBeUndefined()
  await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'delivered', at: 2 })
  expect(
    await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'accepted', wamid: 'w', sentAs: 'text', at: 3 }),
  ).toMatchObject({
    moved: false,
  })
  expect(await findMessageByWamid(store, 'w')).toMatchObject({ id: 'm', status: 'delivered', sent_as: 'text' })
  expect(await settleMessage(store, { kind: 'wamid', wamid: 'w' }, { status: 'read', at: 4 })).toMatchObject({ moved: true })
})

test('if a message was sent twice, a failed copy changes nothing, and a delivered one is enough', async () => {
  const store = await temporaryStore()
  await intendMessage(store, message)
  await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'accepted', wamid: 'second', at: 2 })
  expect(await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'failed', wamid: 'first', at: 3 })).toMatchObject({
    moved: false,
  })
  expect(await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'delivered', wamid: 'first', at: 4 })).toMatchObject({
    moved: true,
    message: { wamid: 'second', status: 'delivered' },
  })
})

test('an error is stored only with the failure that caused it', async () => {
  const store = await temporaryStore()
  await intendMessage(store, message)
  await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'failed', error: { code: 131026 }, at: 2 })
  expect(await findMessage(store, 'm')).toMatchObject({ status: 'failed', error_json: '{"code":131026}' })
  await settleMessage(store, { kind: 'id', id: 'm' }, { status: 'delivered', at: 3 })
  expect(await findMessage(store, 'm')).toMatchObject({ status: 'delivered', error_json: null })
})
