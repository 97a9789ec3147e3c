/** `tetik doctor`: checks the installation and says how to fix what is wrong. */

import type { Command } from 'commander'

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Check everything tetik needs and say how to fix what is wrong')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: true }) => {
      const [{ examine }, { findingLine, summaryLine }] = await Promise.all([
        import('../../service/doctor/doctor.js'),
        import('../views/doctor.js'),
      ])
      const human = options.json !== true
      const findings = await examine((finding) => {
        if (human) process.stdout.write(`${findingLine(finding)}\n`)
      })
      const healthy = findings.every(({ status }) => status !== 'fail')
      process.stdout.write(human ? `\n${summaryLine(findings)}\n` : `${JSON.stringify({ healthy, findings }, null, 2)}\n`)
      process.exitCode = healthy ? 0 : 1
    })
}
