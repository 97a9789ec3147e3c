/** An error response, thrown from wherever the error is found. */

import { type Fault, type Problem, type ProblemName, PROBLEMS } from '../shapes/problem.js'

export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  constructor(
    readonly problem: ProblemName,
    /** What happened and what to do; people see it, so it contains no secrets. */
    readonly detail: string,
    readonly more: {
      readonly errors?: readonly Fault[]
      readonly headers?: Readonly<Record<string, string>>
      /** Fields that only this type of problem has. */
      readonly fields?: Readonly<Record<string, unknown>>
    } = {},
  ) {
    super(detail)
  }
}

function problemBody({ problem, detail, more }: ProblemError, instance: string): Problem {
  const { status, title } = PROBLEMS[problem]
  return {
    type: `urn:tetik:${problem}`,
    title,
    status,
    detail,
    instance,
    ...(more.errors === undefined ? {} : { errors: [...more.errors] }),
    ...more.fields,
  }
}

export function problemResponse(error: ProblemError, instance: string): Response {
  return new Response(JSON.stringify(problemBody(error, instance)), {
    status: PROBLEMS[error.problem].status,
    headers: { 'content-type': 'application/problem+json', ...error.more.headers },
  })
}
