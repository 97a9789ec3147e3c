/** Every workflow, as the worker's bundle takes them in. */

export { accountEvents } from './account-events.js'
export { applyChange } from './apply-change.js'
export { carryOut } from './carry-out.js'
export { keepChange } from './keep-change.js'
export { launch } from './launch.js'
export { sendMessage } from './send-message.js'
export { watchAccount } from './watch-account.js'
