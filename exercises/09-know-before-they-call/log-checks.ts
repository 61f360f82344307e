// What is judged of the answer from the logs: that it is right, and that nobody went into web-1 for it.
import { type Check, type Desk, failed, passed } from '../../sandbox/checks/index.ts';
import { both } from './days.ts';

interface Line {
  readonly status: number;
  readonly version: string;
  readonly town: string;
}

/** The version and town with most answers of status 500, counted in the archive's copy of the log. */
function culprit(desk: Desk): { readonly version: string; readonly town: string } {
  const counts = new Map<string, number>();
  for (const line of desk.text('/srv/archive/seats.jsonl').trimEnd().split('\n')) {
    const { status, version, town } = JSON.parse(line) as Line;
    if (status === 500) counts.set(`${version} ${town}`, (counts.get(`${version} ${town}`) ?? 0) + 1);
  }
  const [most = ''] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const [version = '', town = ''] = most.split(' ');
  return { version, town };
}

/** The command by which a script or a file of the desk went to a host, of which production keeps what was done to it; or a file came from there. */
function wentToHost(desk: Desk): string | undefined {
  const path = '/srv/production/interventions.jsonl';
  const isChanged = desk.exists(path) && /"kind":"(exec|put)"/.test(desk.text(path));
  const isCopied = desk.log.some((entry) => entry.type === 'CommandStarted' && /\bscp\b.*\bweb-1:/.test(entry.line));
  return isCopied ? 'scp web-1:…' : isChanged ? 'ssh web-1' : undefined;
}

export const answered: Check = {
  id: 'd09-c4',
  goal: both(
    '`answer.yaml` nombra la versión y el pueblo de los errores, y nadie entró en web-1',
    '`answer.yaml` names the version and the town of the errors, and nobody went into web-1',
  ),
  kind: 'file',
  run(desk) {
    const command = wentToHost(desk);
    if (command !== undefined)
      return failed({
        expected: both('la respuesta desde los registros', 'the answer from the logs'),
        found: both('una orden entró en web-1', 'a command went into web-1'),
        where: { command },
        next: both(
          'Restablece el día y busca en `logs/seats.jsonl`: quien pregunta tampoco puede entrar.',
          'Reset the day and search `logs/seats.jsonl`: whoever asks cannot go in either.',
        ),
      });
    const given = desk.yaml('answer.yaml');
    const field = (name: 'version' | 'town'): string =>
      String(
        (typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[name] : '') ?? '',
      ).trim();
    const right = culprit(desk);
    const isVersion = field('version').replace(/^(seats[\s@:/-]*)?v?/, '') === right.version;
    const isTown = field('town').toLowerCase() === right.town.toLowerCase();
    if (isVersion && isTown) return passed;
    const empty = field('version') === '' || field('town') === '';
    return failed({
      expected: both('la versión y el pueblo de los estados 500', 'the version and town of the status 500'),
      found: empty
        ? both('falta un dato', 'something is missing')
        : both(
            `${field('version')}, ${field('town')}: ${isVersion ? 'la versión es esa; el pueblo no' : isTown ? 'el pueblo es ese; la versión no' : 'ninguno de los dos'}`,
            `${field('version')}, ${field('town')}: ${isVersion ? 'the version is right; the town is not' : isTown ? 'the town is right; the version is not' : 'neither is right'}`,
          ),
      where: { file: 'answer.yaml' },
      next: both(
        "Quédate solo con los 500 y cuenta: `jq -r 'select(.status == 500) | …' logs/seats.jsonl | sort | uniq -c`.",
        "Keep only the 500s and count: `jq -r 'select(.status == 500) | …' logs/seats.jsonl | sort | uniq -c`.",
      ),
    });
  },
};
