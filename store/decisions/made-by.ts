/** Who made a change, as `made_by` has it: `api:<who>`, `suggestion:<id>` that a person applied, `launch:<key>`, or a rule's id. */

import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'

import type { Tables } from '../tables/tables.js'

const PERSONS = ['api:', 'suggestion:'] as const

interface Made {
  readonly made_by: string
}

/** Whether a person made it: through the API, the panel, the command, or by applying a suggestion. */
export const isPersons = ({ made_by: by }: Made): boolean => PERSONS.some((prefix) => by.startsWith(prefix))

/** Whether its target is what a person wrote. All others were worked out from what was there before. */
export const isWrittenByPerson = ({ made_by: by }: Made): boolean => by.startsWith('api:')

/** `isPersons` of a row, for `where`. */
export const madeByPerson = <Table extends 'mutations' | 'requested_changes'>(
  row: ExpressionBuilder<Tables, Table>,
): ExpressionWrapper<Tables, Table, SqlBool> => {
  const wide = row as unknown as ExpressionBuilder<Tables, 'mutations'>
  const any = wide.or(PERSONS.map((prefix) => wide('made_by', 'like', `${prefix}%`)))
  return any
}
