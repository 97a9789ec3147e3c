/** `isPersons` of a row, for `where`. */

import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'

import { MADE_BY_PERSONS } from '../../engine/change/author.js'
import type { Tables } from '../tables/tables.js'

/** Whether a person made the change. */
export const madeByPerson = <Table extends 'mutations' | 'requested_changes'>(
  row: ExpressionBuilder<Tables, Table>,
): ExpressionWrapper<Tables, Table, SqlBool> => {
  const wide = row as unknown as ExpressionBuilder<Tables, 'mutations'>
  const any = wide.or(MADE_BY_PERSONS.map((prefix) => wide('made_by', 'like', `${prefix}%`)))
  return any
}
