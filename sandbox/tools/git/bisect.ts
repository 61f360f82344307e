import * as git from 'isomorphic-git';
import { commitData, mergeBases, short, subjectOf } from '../../forge/git/index.ts';
import { isAncestor, readTree } from '../../forge/index.ts';
import { choose, suspects } from './bisect-choice.ts';
import { checkout } from './checkout.ts';
import { dateOf } from './dates.ts';
import { runLine } from './editor.ts';
import type { GetLazy } from './lazy.ts';
import { log } from './log.ts';
import { failed, fatal, GitStop, painter, UsageStop } from './options.ts';
import { changesBetween, modeLines, statOf } from './patch.ts';
import { mustResolve, resolve } from './revisions.ts';
import { dropState, hasState, stateText, writeState } from './state.ts';
import { currentBranch, type Work } from './work.ts';

const files = [
  'BISECT_START',
  'BISECT_LOG',
  'BISECT_NAMES',
  'BISECT_TERMS',
  'BISECT_EXPECTED_REV',
  'BISECT_ANCESTORS_OK',
];

/** `git bisect`: finds the commit that broke something by halving. */
export async function bisect(work: Work, args: readonly string[], lazy: GetLazy): Promise<number> {
  const [action, ...rest] = args;
  const { io } = work;
  if (action === undefined)
    throw new GitStop(
      'usage: git bisect [help|start|bad|good|new|old|terms|skip|next|reset|visualize|view|replay|log|run]',
      1,
    );
  if (action === 'start') return start(work, rest);
  if (action === 'reset') return reset(work, rest[0]);
  const { bad, good } = terms(work);
  if (action === 'log') {
    if (!hasState(work, 'BISECT_LOG')) throw failed('We are not bisecting.');
    io.stdout(`${stateText(work, 'BISECT_LOG')}\n`);
    return 0;
  }
  if (action === 'terms') {
    if (!hasState(work, 'BISECT_TERMS')) throw failed('no terms defined');
    io.stdout(`Your current terms are ${good} for the old state\nand ${bad} for the new state.\n`);
    return 0;
  }
  const known = [bad, good, 'bad', 'good', 'new', 'old', 'skip', 'run', 'next', 'visualize', 'view', 'replay', 'help'];
  if (!known.includes(action))
    throw new UsageStop('bisect--helper', { message: `error: unknown subcommand: \`${action}'\n` });
  if (action === 'visualize' || action === 'view') {
    const hidden = (await marked(work, `${good}-`)).map((oid) => `^${oid}`);
    return log(work, [...rest, `refs/bisect/${bad}`, ...hidden], lazy);
  }
  if (['replay', 'help'].includes(action)) throw new GitStop(`git bisect: '${action}' is not part of this sandbox`, 1);
  if (action === 'run') return run(work, rest);
  if (!hasState(work, 'BISECT_START')) {
    io.stderr('You need to start by "git bisect start"\n\n');
    return 1;
  }
  if (action === 'skip') return skip(work, rest);
  if (action === 'next') return next(work);
  if (hasState(work, 'BISECT_TERMS') && action !== bad && action !== good)
    throw failed(`Invalid command: you're currently in a ${bad}/${good} bisect`);
  return mark(work, action, rest);
}

/** The words for the two states, as they were chosen at the start or with the first mark. */
function terms(work: Work): { readonly bad: string; readonly good: string } {
  const [bad = 'bad', good = 'good'] = (stateText(work, 'BISECT_TERMS') ?? '').split('\n').filter(Boolean);
  return { bad, good };
}

const note = (work: Work, line: string): void =>
  writeState(
    work,
    'BISECT_LOG',
    `${hasState(work, 'BISECT_LOG') ? `${stateText(work, 'BISECT_LOG')}\n` : ''}${line}\n`.replace(/^\n/, ''),
  );

async function labelled(work: Work, oid: string): Promise<string> {
  return `[${oid}] ${subjectOf(await commitData(work, oid))}`;
}

async function start(work: Work, args: readonly string[]): Promise<number> {
  let [bad, good] = ['bad', 'good'];
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [, name, inline] = /^--term-(old|new|good|bad)(?:=(.*))?$/.exec(args[at] ?? '') ?? [];
    if (args[at] === '--' && at + 1 < args.length)
      throw new GitStop("git bisect: 'start -- PATHS' is not part of this sandbox", 1);
    if (args[at] === '--') break;
    if (name === undefined) {
      if (args[at]?.startsWith('-')) throw new GitStop(`git bisect: '${args[at]}' is not part of this sandbox`, 1);
      words.push(args[at] ?? '');
      continue;
    }
    const value = inline ?? args[++at] ?? '';
    if (name === 'old' || name === 'good') good = value;
    else bad = value;
  }
  const ids: string[] = [];
  for (const word of words) {
    const oid = await resolve(work, word);
    if (oid === undefined) throw fatal(`'${word}' does not appear to be a valid revision`);
    ids.push(oid);
  }
  const begun = stateText(work, 'BISECT_START');
  const here = begun ?? (await currentBranch(work)) ?? (await mustResolve(work, 'HEAD'));
  if (begun !== undefined) await checkout(work, [begun]);
  await clean(work);
  writeState(work, 'BISECT_START', `${here}\n`);
  writeState(work, 'BISECT_NAMES', '\n');
  // Without marks the first one chooses the words.
  if (ids.length > 0 || `${bad} ${good}` !== 'bad good') writeState(work, 'BISECT_TERMS', `${bad}\n${good}\n`);
  writeState(work, 'BISECT_LOG', '');
  for (const [at, oid] of ids.entries()) {
    const term = at === 0 ? bad : good;
    await git.writeRef({ ...work, ref: refFor(term, bad, oid), value: oid, force: true });
    note(work, `# ${term}: ${await labelled(work, oid)}`);
  }
  const quoted = args.map((arg) => ` '${arg}'`).join('');
  note(work, `git bisect start${quoted}`);
  return next(work);
}

const refFor = (term: string, bad: string, oid: string): string =>
  term === bad ? `refs/bisect/${bad}` : `refs/bisect/${term}-${oid}`;

async function clean(work: Work): Promise<void> {
  for (const name of await git.listRefs({ ...work, filepath: 'refs/bisect' }).catch(() => []))
    await git.deleteRef({ ...work, ref: `refs/bisect/${name}` });
  dropState(work, ...files);
}

async function marked(work: Work, prefix: string): Promise<readonly string[]> {
  const names = await git.listRefs({ ...work, filepath: 'refs/bisect' }).catch(() => []);
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

async function mark(work: Work, term: string, names: readonly string[]): Promise<number> {
  const isNew = !hasState(work, 'BISECT_TERMS') && (term === 'new' || term === 'old');
  const { bad, good } = isNew ? { bad: 'new', good: 'old' } : terms(work);
  if (term === bad && names.length > 1) throw failed(`'git bisect ${bad}' can take only one argument.`);
  const ids: string[] = [];
  for (const name of names.length === 0 ? ['HEAD'] : names) {
    const oid = await resolve(work, name);
    if (oid === undefined) throw failed(`Bad rev input: ${name}`);
    ids.push(oid);
  }
  writeState(work, 'BISECT_TERMS', `${bad}\n${good}\n`);
  for (const oid of ids) {
    await git.writeRef({ ...work, ref: refFor(term, bad, oid), value: oid, force: true });
    note(work, `# ${term}: ${await labelled(work, oid)}`);
    note(work, `git bisect ${term} ${oid}`);
  }
  return next(work);
}

async function skip(work: Work, names: readonly string[]): Promise<number> {
  for (const name of names.length === 0 ? ['HEAD'] : names) {
    const oid = await mustResolve(work, name);
    await git.writeRef({ ...work, ref: `refs/bisect/skip-${oid}`, value: oid, force: true });
    note(work, `# skip: ${await labelled(work, oid)}`);
    note(work, `git bisect skip ${oid}`);
  }
  return next(work);
}

/** Goes to the commit to try next, or tells which one it was; 0 also when the search goes on, 2 when it cannot. */
async function next(work: Work): Promise<number> {
  const { io } = work;
  const { bad, good } = terms(work);
  const worst = await resolve(work, `refs/bisect/${bad}`);
  const best = await marked(work, `${good}-`);
  if (worst === undefined || best.length === 0) {
    const waiting =
      worst === undefined && best.length === 0
        ? 'waiting for both good and bad commits'
        : worst === undefined
          ? `waiting for bad commit, ${best.length} good commit${best.length === 1 ? '' : 's'} known`
          : 'waiting for good commit(s), bad commit known';
    io.stdout(`status: ${waiting}\n`);
    note(work, `# status: ${waiting}`);
    return 0;
  }
  const base = await baseToTest(work, worst, best);
  if (base === 'impossible') return 1;
  if (base !== undefined) {
    io.stdout('Bisecting: a merge base must be tested\n');
    return goTo(work, base);
  }
  const skipped = new Set(await marked(work, 'skip-'));
  const list = await suspects(work, worst, best);
  if (list.length === 0) {
    io.stdout(`${worst} was both ${good} and ${bad}\n`);
    return 1;
  }
  if (list.length === 1) {
    await tellFound(work, worst, bad);
    note(work, `# first ${bad} commit: ${await labelled(work, worst)}`);
    return 0;
  }
  const choice = await choose(work, list, skipped, worst);
  if (!('oid' in choice)) {
    const open = choice.map((oid) => `${oid}\n`).join('');
    io.stdout(
      `There are only 'skip'ped commits left to test.\nThe first ${bad} commit could be any of:\n${open}We cannot bisect more!\n`,
    );
    note(work, '# only skipped commits left to test');
    for (const oid of list) note(work, `# possible first ${bad} commit: ${await labelled(work, oid)}`);
    return 2;
  }
  if (choice.oid === worst) {
    await tellFound(work, worst, bad);
    note(work, `# first ${bad} commit: ${await labelled(work, worst)}`);
    return 0;
  }
  const plural = (count: number): string => (count === 1 ? '' : 's');
  io.stdout(
    `Bisecting: ${choice.left} revision${plural(choice.left)} left to test after this (roughly ${choice.steps} step${plural(choice.steps)})\n`,
  );
  return goTo(work, choice.oid);
}

/** A common ancestor that must be good for the search to mean anything. */
async function baseToTest(work: Work, worst: string, best: readonly string[]): Promise<string | undefined> {
  const { bad, good } = terms(work);
  for (const oid of best) {
    if (await isAncestor(work, oid, worst)) continue;
    const [base] = await mergeBases(work, worst, oid);
    if (base === worst) {
      work.io.stderr(
        `Some ${good} revs are not ancestors of the ${bad} rev.\ngit bisect cannot work properly in this case.\nMaybe you mistook ${good} and ${bad} revs?\n`,
      );
      return 'impossible';
    }
    if (base !== undefined && !best.includes(base)) return base;
  }
  writeState(work, 'BISECT_ANCESTORS_OK', '');
  return undefined;
}

async function goTo(work: Work, oid: string): Promise<number> {
  writeState(work, 'BISECT_EXPECTED_REV', `${oid}\n`);
  await checkout(work, ['-q', oid]);
  work.io.stdout(`${await labelled(work, oid)}\n`);
  return 0;
}

async function tellFound(work: Work, oid: string, bad: string): Promise<void> {
  const { author, message, parent } = await commitData(work, oid);
  const [before, after] = [await readTree(work, parent[0]), await readTree(work, oid)];
  const text = message
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`).trimEnd())
    .join('\n');
  const paint = painter(work.io);
  const merge = parent.length > 1 ? `Merge: ${parent.map((one) => short(work, one)).join(' ')}\n` : '';
  const changes = await changesBetween(work, before, after, []);
  work.io.stdout(`${oid} is the first ${bad} commit\n`);
  // Of a commit that changes nothing git shows nothing more.
  if (changes.length === 0) return;
  work.io.stdout(
    `commit ${oid}\n${merge}Author: ${author.name} <${author.email}>\nDate:   ${dateOf(author)}\n\n${text}\n\n${statOf(changes, paint)}${modeLines(changes)}`,
  );
}

async function reset(work: Work, name: string | undefined): Promise<number> {
  const { io } = work;
  const begun = stateText(work, 'BISECT_START');
  if (begun === undefined) {
    io.stdout('We are not bisecting.\n');
    return 0;
  }
  if (name !== undefined && (await resolve(work, name)) === undefined) throw failed(`'${name}' is not a valid commit`);
  const exitCode = await checkout(work, [name ?? begun]);
  await clean(work);
  return exitCode;
}

/** `git bisect run`: 0 is good, 125 cannot be told, 1 to 127 is bad, anything else stops it. */
async function run(work: Work, words: readonly string[]): Promise<number> {
  const { io } = work;
  const { bad, good } = terms(work);
  if (words.length === 0) throw failed('bisect run failed: no command provided.');
  // Without both ends there is nothing between them to try.
  if ((await resolve(work, `refs/bisect/${bad}`)) === undefined || (await marked(work, `${good}-`)).length === 0)
    return 1;
  const line = words.map((word) => ` '${word.replaceAll(/['!]/g, (one) => `'\\${one}'`)}'`).join('');
  for (;;) {
    io.stdout(`running ${line}\n`);
    const exitCode = await runLine(work.io, line);
    if (exitCode < 0 || exitCode >= 128)
      throw failed(`bisect run failed: exit code ${exitCode} from '${line}' is < 0 or >= 128`);
    const before = stateText(work, 'BISECT_LOG') ?? '';
    const term = exitCode === 125 ? 'skip' : exitCode === 0 ? good : bad;
    const code = term === 'skip' ? await skip(work, []) : await mark(work, term, []);
    if (code === 2) {
      io.stderr('error: bisect run cannot continue any more\n');
      return 2;
    }
    if (code !== 0) throw failed(`bisect run failed: 'bisect_state ${term}' exited with error code ${code}`);
    const added = (stateText(work, 'BISECT_LOG') ?? '').slice(before.length);
    if (added.includes(`# first ${bad} commit:`)) {
      io.stdout(`bisect found first ${bad} commit`);
      return 0;
    }
  }
}
