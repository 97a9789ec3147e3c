/** All workflows; the worker's bundle is built from this file. */

export { accountEvents } from './account-events.js'
export { applyChange } from './change/apply-change.js'
export { carryOut } from './carry-out.js'
export { keepChange } from './change/keep-change.js'
export { launch } from './launch/launch.js'
export { sendMessage } from './message/send-message.js'
export { watchAccount } from './watch-account.js'
