/** The answer of an edge: a page of a list. */
export interface EdgeAnswer {
  data: unknown[]
  paging?: unknown
  summary?: { total_count: number }
}
