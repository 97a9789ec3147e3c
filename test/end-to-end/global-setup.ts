/** Builds dist/ for the end-to-end tests, unless it is up to date. */

import { build } from '../../scripts/build.js'

export default async function setup(): Promise<void> {
  await build()
}
