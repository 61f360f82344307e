import type { Person } from '../../forge/git/index.ts';
import { fatal, GitStop } from './options.ts';
import { approximate, exactMoment } from './since.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

/** Who commits, from the environment or the configuration, at the machine's time or the one that is given. @throws GitStop as git asks for it. */
export async function identity(
  work: Work,
  role: 'AUTHOR' | 'COMMITTER',
  given?: string,
  date?: string,
): Promise<Person> {
  const { io } = work;
  const [, givenName, givenEmail] = /^(.*?)\s*<(.*)>$/.exec(given ?? '') ?? [];
  const name = givenName ?? io.env[`GIT_${role}_NAME`] ?? config(work, 'user.name');
  const email = givenEmail ?? io.env[`GIT_${role}_EMAIL`] ?? config(work, 'user.email');
  if (!name || email === undefined) {
    const { user, hostname } = io.machine;
    const who = role === 'AUTHOR' ? 'Author' : 'Committer';
    const unknown = `${who} identity unknown\n\n*** Please tell me who you are.\n\nRun\n\n  git config --global user.email "you@example.com"\n  git config --global user.name "Your Name"\n\nto set your account's default identity.\nOmit --global to set the identity only in this repository.\n\n`;
    const isGiven = givenName !== undefined || io.env[`GIT_${role}_NAME`] !== undefined;
    throw new GitStop(
      name === '' && email !== undefined
        ? `${isGiven ? '' : unknown}fatal: empty ident name (for <${email}>) not allowed`
        : `${unknown}fatal: unable to auto-detect email address (got '${user}@${hostname}.(none)')`,
    );
  }
  const now = { timestamp: Math.floor(io.machine.kernel.now() / 1000), timezoneOffset: 0 };
  const named = date ?? io.env[`GIT_${role}_DATE`] ?? '';
  const about = date === undefined ? undefined : approximate(date, now.timestamp);
  const moment =
    named === '' ? now : (exactMoment(named) ?? (about === undefined ? undefined : { ...now, timestamp: about }));
  if (moment === undefined) throw fatal(`invalid date format: ${named}`);
  return { name, email, ...moment };
}
