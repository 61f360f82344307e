// "Workflow syntax", `jobs.<job_id>.steps[*].shell`: what each name stands for.
import type { Language } from '../machine/index.ts';
import { refusals } from './words.ts';

const forms: Readonly<Record<string, string>> = {
  bash: 'bash --noprofile --norc -eo pipefail {0}',
  sh: 'sh -e {0}',
};

/** Languages of which this sandbox has no program. */
const absent = /^(python\d*|pwsh|powershell|cmd|perl|ruby)$/i;

export type ShellLine =
  | { readonly ok: true; readonly line: (script: string) => string }
  | { readonly ok: false; readonly why: string };

/** @param shell absent: `bash -e`, without `pipefail`; in a container `sh -e`. @param lacks programs that are not there. */
export function shellLine(
  shell: string | undefined,
  { isContained, lacks }: { readonly isContained: boolean; readonly lacks: readonly string[] },
  language: Language,
): ShellLine {
  const usual = isContained ? 'sh -e {0}' : 'bash -e {0}';
  const form = shell === undefined ? usual : Object.hasOwn(forms, shell) ? (forms[shell] ?? shell) : shell;
  const program = form.trim().split(/\s+/)[0] ?? '';
  if (lacks.includes(program))
    return {
      ok: false,
      why: `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`,
    };
  if (absent.test(program)) return { ok: false, why: refusals.shell(program)[language] };
  if (!form.includes('{0}'))
    return {
      ok: false,
      why: "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'",
    };
  return { ok: true, line: (script) => form.replaceAll('{0}', script) };
}
