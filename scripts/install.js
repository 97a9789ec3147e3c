/** Installs what is missing, in parallel: the packages and a Temporal server. */

import { installPackages } from './install-packages.js'
import { installTemporal } from './install-temporal.js'
import { createProgress } from './progress.js'

/**
 * @param {string} root
 * @param {{ ownTemporal?: boolean }} [options] `ownTemporal`: a server program is needed even if another server is named.
 * @throws Error that says what failed and what to do.
 */
export async function install(root, { ownTemporal = false } = {}) {
  const progress = createProgress()
  const packagesTask = progress.start('packages', 'looking')
  const temporalTask = progress.start('Temporal', 'looking')
  const report = (task) => (error) => {
    task.fail(error.message.split('\n', 1)[0])
    throw error
  }
  const packages = installPackages(root, packagesTask).catch(report(packagesTask))
  const temporal = installTemporal(root, temporalTask, packages, ownTemporal).catch(report(temporalTask))
  const failures = (await Promise.allSettled([packages, temporal])).filter(({ status }) => status === 'rejected')
  if (failures.length > 0) throw new Error([...new Set(failures.map(({ reason }) => reason.message))].join('\n\n'))
}
