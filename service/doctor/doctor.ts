/** Runs every check of `tetik doctor`; if one cannot be run, the others still are. */

import { askInstance } from '../process/single-instance-lock.js'
import { loadServiceSettings, type ServiceSettings, SettingsError } from '../settings/settings.js'
import { wantedPorts } from '../up.js'
import { checkAccounts } from './accounts.js'
import { checkApiVersion } from './api-version.js'
import { fail, type Finding } from './finding.js'
import { checkHealth } from './health.js'
import { checkHours } from './hours.js'
import { checkEnvFile, checkNode, checkParts, checkPorts, checkState } from './machine.js'
import { checkMetaCalls } from './meta-calls.js'
import { checkProject } from './project.js'
import { checkStore } from './store.js'
import { checkTemporal } from './temporal.js'
import { checkWhatsapp } from './whatsapp.js'

/** @param onFinding called with each finding as soon as it is made, in a fixed order */
export async function examine(onFinding: (finding: Finding) => void): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const add = (...found: readonly Finding[]): void => {
    for (const finding of found) {
      findings.push(finding)
      onFinding(finding)
    }
  }
  add(checkNode(process.versions.node))
  const settings = readSettings(add)
  if (settings === null) return findings

  const running = await askInstance(settings.stateFolder)
  add(...checkEnvFile(settings.folder), ...checkState(settings.stateFolder))
  add(...(await checkPorts(wantedPorts(settings), running)), ...checkParts(running))
  add(await checkTemporal(settings.temporal, running))
  add(...(await checkStore(settings.storeUrl)))
  add(checkApiVersion(settings.meta.version, Date.now()))
  const project = await checkProject(settings)
  add(...project.findings)
  add(...(await checkHealth(settings.storeUrl, project.settings, running)))
  add(...(await checkAccounts(project.settings?.accounts ?? [], settings)))
  add(...(await checkHours(settings.storeUrl, project.settings?.accounts ?? [], Date.now())))
  const names = (project.settings?.accounts ?? []).map(({ name }) => name)
  add(...(await checkMetaCalls(settings.storeUrl, names, Date.now())))
  add(...(await checkWhatsapp(project.settings?.recipients ?? [], settings)))
  return findings
}

function readSettings(add: (...found: readonly Finding[]) => void): ServiceSettings | null {
  try {
    return loadServiceSettings()
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    add(...error.faults.map((fault) => fail('environment', fault, 'Fix it in the environment or in .env.')))
    return null
  }
}
