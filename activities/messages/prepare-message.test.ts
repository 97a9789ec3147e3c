import { beforeEach, expect, it } from 'vitest'

import { recordInbound } from '../../store/messages/contacts.js'
import { intendMessage } from '../../store/messages/messages.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { prepareMessage } from './prepare-message.js'

const HOUR = 3_600_000
const MIDNIGHT = NOON + 12 * HOUR
const EIGHT = NOON + 20 * HOUR

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  const message = { id: 'm', decision: null, account: 'moda-tr', recipient: 'owner', text: 'hello', created_at: NOON }
  await intendMessage(room.store, message)
})
const prepare = (now: number) => room.run(prepareMessage(room.dependencies), { message: 'm', now })

it('a message in the recipient’s quiet hours waits for their end', async () => {
  expect(await prepare(NOON)).toMatchObject({ quietUntil: null, form: 'template' })
  expect(await prepare(MIDNIGHT)).toMatchObject({ quietUntil: EIGHT })
})

it('a recipient who wrote a moment ago is answered even in their quiet hours', async () => {
  await recordInbound(room.store, '905551112233', MIDNIGHT - 60_000)
  expect(await prepare(MIDNIGHT)).toMatchObject({ quietUntil: null, form: 'text' })
  expect(await prepare(MIDNIGHT + HOUR)).toMatchObject({ quietUntil: EIGHT })
})
