// `git am`: commits out of files of mail. What a stop leaves is in `.git/rebase-apply`, as git's builtin/am.c keeps it.

import { writeCommit } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { identity } from './identity.ts';
import { readIndexFile } from './index-file.ts';
import { namedText } from './named-text.ts';
import { failed, fatal, readOptions } from './options.ts';
import { filesOf, outcome, put } from './patches.ts';
import { moveHead } from './refs.ts';
import { headTree, resolve } from './revisions.ts';
import { dropState, forceTree, hasState, refuseUnmerged, stateText, writeState } from './state.ts';
import type { Work } from './work.ts';
import { differences, readIndex } from './work-tree.ts';

const FOLDER = 'rebase-apply';

interface Mail {
  readonly subject: string;
  readonly from: string;
  readonly date: string;
  readonly body: string;
  readonly patch: string;
}

/** `git am FILE…`, and what goes on after a stop: `--continue`, `--skip`, `--abort`, `--quit`. */
export async function am(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags } = readOptions('am', args, {
    '-q': { as: 'quiet' },
    '--quiet': { as: 'quiet' },
    '-s': { as: 'signoff' },
    '--signoff': { as: 'signoff' },
    '--continue': { as: 'continue' },
    '--resolved': { as: 'continue' },
    '-r': { as: 'continue' },
    '--skip': { as: 'skip' },
    '--abort': { as: 'abort' },
    '--quit': { as: 'quit' },
    '--show-current-patch': { as: 'show', value: 'optional' },
  });
  if (flags.has('show')) {
    if (!hasState(work, FOLDER)) throw fatal('Resolve operation not in progress, we are not resuming.');
    const mail = stateText(work, `${FOLDER}/${(stateText(work, `${FOLDER}/next`) ?? '').padStart(4, '0')}`) ?? '';
    work.io.stdout(flags.has('show=diff') ? mail.slice(mail.indexOf('\n---\n') + 1) : `${mail}\n`);
    return 0;
  }
  const steps = ['continue', 'skip', 'abort', 'quit'].filter((step) => flags.has(step));
  if (steps.length > 0) {
    if (!hasState(work, FOLDER)) throw fatal('Resolve operation not in progress, we are not resuming.');
    return resume(work, steps[0] ?? '');
  }
  if (hasState(work, FOLDER)) throw fatal('previous rebase directory .git/rebase-apply still exists but mbox given.');
  const { io } = work;
  const mails = (
    words.length === 0
      ? [new TextDecoder().decode(io.stdin)]
      : words.map((word) => {
          const text = namedText(io, word);
          if (text === undefined) throw fatal(`could not open '${word}' for reading: No such file or directory`);
          return text;
        })
  )
    .join('')
    .split(/^(?=From [0-9a-f]{40} )/m)
    .filter((mail) => mail.trim() !== '');
  if (mails.length === 0 || !mails.every((mail) => /^(From |[A-Z][\w-]*: )/.test(mail)))
    throw fatal('Patch format detection failed.');
  const staged = differences(await headTree(work), await readIndex(work));
  if (staged.length > 0) throw fatal(`Dirty index: cannot apply patches (dirty: ${staged.join(' ')})`);
  const head = (await resolve(work, 'HEAD')) ?? '';
  for (const [at, mail] of mails.entries()) writeState(work, `${FOLDER}/${String(at + 1).padStart(4, '0')}`, mail);
  writeState(work, 'ORIG_HEAD', `${head}\n`);
  writeState(work, `${FOLDER}/applying`, '');
  writeState(work, `${FOLDER}/last`, `${mails.length}\n`);
  writeState(work, `${FOLDER}/next`, '1\n');
  writeState(work, `${FOLDER}/quiet`, flags.has('quiet') ? 't\n' : 'f\n');
  writeState(work, `${FOLDER}/sign`, flags.has('signoff') ? 't\n' : 'f\n');
  return applyRest(work);
}

async function resume(work: Work, step: string): Promise<number> {
  if (step === 'quit') {
    dropState(work, FOLDER);
    return 0;
  }
  if (step === 'abort') return abort(work);
  if (step === 'skip') {
    await forceTree(work, await headTree(work));
    writeState(work, `${FOLDER}/next`, `${nextOf(work) + 1}\n`);
    return applyRest(work);
  }
  const mail = currentMail(work);
  say(work, `Applying: ${mail.subject}\n`);
  if (readIndexFile(work).conflicts.size > 0) refuseUnmerged(work, 'Committing');
  if (differences(await headTree(work), await readIndex(work)).length === 0) {
    work.io.stdout(
      "No changes - did you forget to use 'git add'?\nIf there is nothing left to stage, chances are that something else\nalready introduced the same changes; you might want to skip this patch.\n",
    );
    return stop(work);
  }
  await commitMail(work, mail);
  writeState(work, `${FOLDER}/next`, `${nextOf(work) + 1}\n`);
  return applyRest(work);
}

async function abort(work: Work): Promise<number> {
  const head = await resolve(work, 'HEAD');
  if (stateText(work, `${FOLDER}/abort-safety`) !== head) {
    work.io.stderr("warning: You seem to have moved HEAD since the last 'am' failure.\nNot rewinding to ORIG_HEAD\n");
    dropState(work, FOLDER);
    return 0;
  }
  const before = stateText(work, 'ORIG_HEAD') ?? '';
  await forceTree(work, await readTree(work, before));
  await moveHead(work, before, 'am --abort');
  dropState(work, FOLDER);
  return 0;
}

async function applyRest(work: Work): Promise<number> {
  const last = Number(stateText(work, `${FOLDER}/last`));
  for (let at = nextOf(work); at <= last; at++) {
    writeState(work, `${FOLDER}/next`, `${at}\n`);
    writeState(work, `${FOLDER}/abort-safety`, `${(await resolve(work, 'HEAD')) ?? ''}\n`);
    const mail = currentMail(work);
    say(work, `Applying: ${mail.subject}\n`);
    const files = filesOf(mail.patch);
    const { texts, problems } = outcome(work, files, await readIndex(work));
    if (problems.length > 0) {
      const told = problems.map((one) => one.replace(/: No such file or directory$/, ': does not exist in index'));
      work.io.stderr(`${told.join('\n')}\nhint: Use 'git am --show-current-patch=diff' to see the failed patch\n`);
      work.io.stdout(`Patch failed at ${String(at).padStart(4, '0')} ${mail.subject}\n`);
      return stop(work);
    }
    await put(work, files, texts, true);
    await commitMail(work, mail);
  }
  dropState(work, FOLDER);
  return 0;
}

function stop(work: Work): number {
  work.io.stdout(
    'When you have resolved this problem, run "git am --continue".\nIf you prefer to skip this patch, run "git am --skip" instead.\nTo restore the original branch and stop patching, run "git am --abort".\n',
  );
  return 128;
}

const nextOf = (work: Work): number => Number(stateText(work, `${FOLDER}/next`));

function say(work: Work, text: string): void {
  if (stateText(work, `${FOLDER}/quiet`) !== 't') work.io.stdout(text);
}

function currentMail(work: Work): Mail {
  const mail = stateText(work, `${FOLDER}/${String(nextOf(work)).padStart(4, '0')}`) ?? '';
  const [head = '', ...rest] = `${mail}\n`.split('\n\n');
  const patch = rest.join('\n\n');
  const field = (name: string): string =>
    new RegExp(`^${name}: (.*(?:\\n .*)*)`, 'm').exec(head)?.[1]?.replaceAll('\n ', ' ') ?? '';
  const [body = ''] = patch.startsWith('---\n') ? [''] : patch.split(/^---$/m);
  const subject = field('Subject').replace(/^\[PATCH[^\]]*\] */, '');
  return { subject, from: field('From'), date: field('Date'), body: body.trim(), patch };
}

async function commitMail(work: Work, { subject, from, date, body }: Mail): Promise<void> {
  const committer = await identity(work, 'COMMITTER');
  const author = { ...(await identity(work, 'AUTHOR', from)), ...momentOf(date) };
  const signed =
    stateText(work, `${FOLDER}/sign`) === 't' ? `\nSigned-off-by: ${committer.name} <${committer.email}>\n` : '';
  const head = await resolve(work, 'HEAD');
  const oid = await writeCommit(work, {
    files: await readIndex(work),
    parents: head === undefined ? [] : [head],
    message: `${subject}\n${body === '' ? '' : `\n${body}\n`}${signed}`,
    author,
    committer,
  });
  await moveHead(work, oid, `am: ${subject}`);
}

/** `Mon, 2 Mar 2026 09:00:00 +0000` */
function momentOf(text: string): { readonly timestamp: number; readonly timezoneOffset: number } {
  const [, sign, hours, minutes] = /([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? 1 : -1);
  const [, day, month, year, hour, minute, second] = /(\d+) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
  if (day === undefined) throw failed('invalid date in patch');
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const whole = daysSince1970(Number(year), months.indexOf(month ?? '') + 1, Number(day)) * 86_400;
  return {
    timestamp: whole + Number(hour) * 3600 + Number(minute) * 60 + Number(second) + offset * 60,
    timezoneOffset: offset || 0,
  };
}

/** Days from civil, as in Howard Hinnant's description of calendars. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}
