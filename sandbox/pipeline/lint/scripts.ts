// What does harm in a script: text of strangers that becomes code, and commands that the runner does not take any more.
import type { Report } from './report.ts';
import { at, entriesOf, entry, itemsOf, type Tree, textOf, texts, within } from './tree.ts';

/** What anybody can write ("Script injections", security guides). */
const untrusted =
  /github\.event\.(\*\.(title|body|message|name|email)|issue\.(title|body)|pull_request\.(title|body|head\.(ref|label|repo\.default_branch))|comment\.body|review\.body|review_comment\.body|discussion\.(title|body)|pages\b[^}]*page_name|commits\b[^}]*(message|author\.(email|name))|head_commit\.(message|author\.(email|name)))|github\.head_ref/g;

const deprecated = [
  ['set-output', '>> "$GITHUB_OUTPUT"', false],
  ['save-state', '>> "$GITHUB_STATE"', false],
  ['set-env', '>> "$GITHUB_ENV"', true],
  ['add-path', '>> "$GITHUB_PATH"', true],
] as const;

export function lintScripts(jobs: Tree | undefined, fromFork: boolean, report: Report): void {
  for (const job of entriesOf(jobs)) {
    const steps = itemsOf(at(job.value, 'steps'));
    const takesHead = fromFork && steps.some((step) => headOf(step) !== undefined);
    for (const step of steps) {
      const isScript = textOf(at(step, 'uses'))?.startsWith('actions/github-script@') ?? false;
      for (const script of [
        ...texts(entry(step, 'run')?.value),
        ...(isScript ? texts(at(step, 'with', 'script')) : []),
      ]) {
        for (const hole of script.text.matchAll(/\$\{\{([\s\S]*?)\}\}/g))
          for (const found of (hole[1] ?? '').matchAll(untrusted))
            report(within(script, hole.index), 'expression', {
              es: `${found[0]} lo escribe cualquiera, y aquí se convierte en código. Pásalo por env y usa la variable entre comillas.`,
              en: `Anybody writes ${found[0]}, and here it becomes code. Pass it through env and use the variable in quotes.`,
            });
        for (const [name, instead, isOff] of deprecated) {
          const index = script.text.search(new RegExp(`::${name}(\\s[^:]*)?::`));
          if (index >= 0)
            report(within(script, index), 'deprecated-commands', {
              es: `::${name} ${isOff ? 'ya no vale' : 'está de salida'}: escribe echo "nombre=valor" ${instead}.`,
              en: `::${name} ${isOff ? 'is no longer taken' : 'is on its way out'}: write echo "name=value" ${instead}.`,
            });
        }
        for (const secret of script.text.matchAll(/\becho\b[^\n]*\$\{\{\s*secrets\.(\w+)/g))
          report(within(script, secret.index), 'secret', {
            es: `El secreto ${secret[1]} se imprime: solo lo tapa una máscara, que no ve trozos ni otras formas.`,
            en: `The secret ${secret[1]} is printed: only a mask hides it, which does not see parts nor other forms.`,
          });
      }
      const ref = headOf(step);
      if (fromFork && ref !== undefined)
        report(ref, 'fork', {
          es: 'pull_request_target tiene los secretos del repositorio: no bajes ni ejecutes el código de la propuesta.',
          en: 'pull_request_target has the secrets of the repository: do not check out and run the code of the pull request.',
        });
      for (const place of takesHead ? [...texts(at(step, 'env')), ...texts(at(step, 'with'))] : [])
        for (const [, secret] of place.text.matchAll(/\bsecrets\.(?!GITHUB_TOKEN\b)(\w+)/g))
          report(place, 'fork', {
            es: `El secreto ${secret} llega a un trabajo que corre código de una propuesta, que cualquiera puede mandar desde su fork.`,
            en: `The secret ${secret} reaches a job that runs code of a pull request, which anybody can send from a fork.`,
          });
    }
  }
}

/** Where a step checks out the code of the pull request. */
const headOf = (step: Tree) =>
  texts(at(step, 'with', 'ref')).find(({ text }) => /github\.(event\.pull_request\.head|head_ref)/.test(text));
