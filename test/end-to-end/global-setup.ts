/** The end-to-end tests run what is built; on a fresh build this takes no time. */

import { build } from '../../scripts/build.js'

export default async function setup(): Promise<void> {
  await build()
}
