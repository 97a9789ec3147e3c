/** `isPersons` of a row, for `where`. */

import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'

import { MADE_BY_PERSONS } from '../../engine/change/author.js'
import type { Tables } from '../tables/tables.js'

/** Selects rows of changes that a person made. */
export const madeByPerson = <Table extends 'mutations' | 'requested_changes'>(
  row: ExpressionBuilder<Tables, Table>,
): ExpressionWrapper<Tables, Table, SqlBool> => {
  const wide = row as unknown as ExpressionBuilder<Tables, 'mutations'>
  const any = wide.or(MADE_BY_PERSONS.map((prefix) => wide('made_by', 'like', `${prefix}%`)))
  return any
}
