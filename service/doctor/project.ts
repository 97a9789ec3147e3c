/** Checks of the user's own files: `tetik.yaml`, the rules, and the recipients' phone numbers. */

import { dirname } from 'node:path'

import type { Settings } from '../../engine/account/account.js'
import { phoneNumberOf } from '../../engine/account/phone.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { countInWords } from '../../engine/diagnostic/render.js'
import { RULES_FOLDER, SETTINGS_FILE, UnreadableFileError } from '../rules/project-files.js'
import { readRules } from '../rules/rules.js'
import type { ServiceSettings } from '../settings/settings.js'
import { fail, type Finding, ok, warn } from './finding.js'

export interface ProjectCheck {
  /** Null if `tetik.yaml` has errors or cannot be read. */
  readonly settings: Settings | null
  readonly findings: readonly Finding[]
}

/** Reads the files as the worker does. */
export async function checkProject({ folder, variables }: Pick<ServiceSettings, 'folder' | 'variables'>): Promise<ProjectCheck> {
  try {
    const { settings, rules, files, diagnostics: own, specs } = await readRules(folder)
    const diagnostics = [...own, ...specs.diagnostics]
    const of = (wanted: boolean) => diagnostics.filter(({ file }) => (file === SETTINGS_FILE) === wanted)
    const hasSettings = files.some(({ path }) => path === SETTINGS_FILE)
    const findings = [
      hasSettings
        ? filesFinding(
            SETTINGS_FILE,
            of(true),
            `${counted(settings?.accounts.length ?? 0, 'account')}, ${counted(settings?.recipients.length ?? 0, 'recipient')}.`,
          )
        : warn(SETTINGS_FILE, `There is none in ${folder}, so there are no accounts.`, 'Write one; docs/install.md shows how.'),
      files.some(({ path }) => dirname(path).split('/')[0] === RULES_FOLDER)
        ? filesFinding('rules', of(false), `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} in ${RULES_FOLDER}/.`)
        : warn('rules', `There are no rules in ${RULES_FOLDER}/.`, 'Write one; docs/rules.md shows how.'),
      ...(settings === null ? [] : recipientFindings(settings, variables)),
    ]
    return { settings, findings }
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error
    return { settings: null, findings: [fail('rules', error.message, 'Give the user who runs tetik read access.')] }
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

function filesFinding(check: string, diagnostics: readonly Diagnostic[], fine: string): Finding {
  if (diagnostics.length === 0) return ok(check, fine)
  const [first] = diagnostics
  const detail = `${countInWords(diagnostics)}; the first: ${first!.file}:${first!.line}: ${first!.message}.`
  const isFault = diagnostics.some(({ severity }) => severity === 'error')
  return isFault
    ? fail(check, detail, 'Run `tetik check`, which shows each one with its place.')
    : warn(check, detail, 'Run `tetik check`.')
}

function recipientFindings({ recipients }: Settings, variables: Readonly<Record<string, string>>): Finding[] {
  const without = recipients.filter((recipient) => phoneNumberOf(recipient, variables) === null)
  if (without.length === 0) return []
  const names = without.map(({ name, phone }) => (phone.kind === 'variable' ? `${name} ($${phone.variable})` : name)).join(', ')
  return [warn('recipients', `No phone number is set for ${names}.`, 'Set it in .env, for example OWNER_PHONE=+905551112233.')]
}
