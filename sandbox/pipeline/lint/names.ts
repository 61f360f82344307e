// Names of variables and of shells.
import type { Report } from './report.ts';
import { at, type Entry, entriesOf, entry, itemsOf, type Tree, textOf } from './tree.ts';

export function lintNames(root: Tree, report: Report): void {
  lintEnv(at(root, 'env'), report);
  lintShell(at(root, 'defaults', 'run', 'shell'), undefined, report);
  for (const job of entriesOf(at(root, 'jobs'))) {
    lintEnv(at(job.value, 'env'), report);
    lintShell(at(job.value, 'defaults', 'run', 'shell'), job, report);
    for (const step of itemsOf(at(job.value, 'steps'))) {
      lintEnv(at(step, 'env'), report);
      lintShell(entry(step, 'shell')?.value, job, report);
    }
  }
}

function lintEnv(env: Tree | undefined, report: Report): void {
  for (const one of entriesOf(env))
    if (/[=&\s]/.test(one.key) && !one.key.includes('${{'))
      report(one, 'env-var', {
        es: `«${one.key}» no vale como nombre de variable: sin espacios, «=» ni «&».`,
        en: `"${one.key}" is no name of a variable: without spaces, "=" or "&".`,
      });
}

/** "Workflow syntax", steps[*].shell: which there are, and on which systems. */
function lintShell(shell: Tree | undefined, job: Entry | undefined, report: Report): void {
  const name = textOf(shell)?.toLowerCase();
  if (shell === undefined || name === undefined || name.includes('${{') || name.includes('{0}')) return;
  const runner = textOf(at(job?.value, 'runs-on'))?.toLowerCase() ?? '';
  const isWindows = /^windows/.test(runner);
  const isOther = /^(ubuntu|macos)/.test(runner);
  if (!['bash', 'sh', 'pwsh', 'python', 'cmd', 'powershell'].includes(name))
    report(shell, 'shell-name', {
      es: `No hay ninguna shell ${textOf(shell)}: hay bash, sh, pwsh, python, o una orden con {0} donde va el archivo.`,
      en: `There is no shell ${textOf(shell)}: there are bash, sh, pwsh, python, or a command with {0} where the file goes.`,
    });
  else if ((isOther && ['cmd', 'powershell'].includes(name)) || (isWindows && name === 'sh'))
    report(shell, 'shell-name', {
      es: `${textOf(shell)} no está en las máquinas ${runner}.`,
      en: `${textOf(shell)} is not there on the machines ${runner}.`,
    });
}
