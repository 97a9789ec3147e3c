import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { type BuildInfo, buildInfo, versionText } from './version.js'

function installedVersion(build: object | null): BuildInfo {
  const folder = mkdtempSync(join(tmpdir(), 'tetik-version-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }))
  mkdirSync(join(folder, 'dist'))
  if (build !== null) writeFileSync(join(folder, 'dist/build.json'), JSON.stringify(build))
  return buildInfo(pathToFileURL(join(folder, 'dist/')))
}

test('the version names the commit that was built', () => {
  expect(versionText(installedVersion({ commit: '4d14670-dirty' }))).toBe('1.2.3 (4d14670-dirty)')
})

test('without a commit it is the version alone', () => {
  expect(versionText(installedVersion({ commit: null }))).toBe('1.2.3')
  expect(versionText(installedVersion(null))).toBe('1.2.3')
})
