import { fileURLToPath } from 'node:url'

import { bundleWorkflowCode } from '@temporalio/worker'
import { expect, test } from 'vitest'

test('the workflows can be bundled, so nothing that they import uses the file system or the network', async () => {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('bundle.ts', import.meta.url)),
    logger: { ...console, log: () => {}, trace: () => {}, debug: () => {}, info: () => {} },
  })
  for (const name of ['watchAccount', 'carryOut', 'sendMessage', 'applyChange']) expect(code).toContain(`${name}`)
})
