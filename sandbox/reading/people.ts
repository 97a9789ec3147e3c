/** The token's user: `me`, its users in the businesses, and the users assigned to an account. */

import { IDENTITY } from '../base/identity.js'
import { pickFields } from '../protocol/documented.js'
import { parseFields } from '../protocol/fields.js'
import type { Call } from '../request/call.js'

const ME: Readonly<Record<string, () => unknown>> = {
  id: () => IDENTITY.systemUser.id,
  name: () => IDENTITY.systemUser.name,
}
/** The tasks that the system user may do in every account that it can access. */
const TASKS = ['MANAGE', 'ADVERTISE', 'ANALYZE', 'DRAFT']

export const me = (call: Call): Record<string, unknown> => pickFields('User', asked(call, ['id', 'name']), ME)

/** Returns one user for each business that has an account. */
export function businessUsers(call: Call): { data: unknown[] } {
  const businesses = new Map(call.worlds.all.map(({ account: { business } }) => [business.id, business]))
  const names = asked(call, ['id', 'name', 'business'])
  const data = [...businesses.values()].map(({ id, name }) =>
    pickFields('BusinessUser', names, { ...ME, business: () => ({ id, name }), role: () => 'EMPLOYEE' }),
  )
  return { data }
}

export function assignedUsers(call: Call): { data: unknown[] } {
  return { data: [pickFields('AssignedUser', asked(call, ['id', 'name', 'tasks']), { ...ME, tasks: () => TASKS })] }
}

function asked(call: Call, unlessSaid: readonly string[]): string[] {
  const names = parseFields(call.parameters.fields).map(({ name }) => name)
  return names.length > 0 ? ['id', ...names] : [...unlessSaid]
}
