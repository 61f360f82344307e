import * as git from 'isomorphic-git';
import { gitFiles } from '../../forge/index.ts';
import { type CommandIO, type Files, resolvePath } from '../../machine/index.ts';
import { fatal, GitStop, lastValue, type OptionTable, readOptions, UsageStop } from './options.ts';
import { globalConfig } from './sources.ts';

const options: OptionTable = {
  '-b': { as: 'branch', value: true },
  '--initial-branch': { as: 'branch', value: true },
  '--bare': { as: 'bare' },
  '-q': { as: 'quiet' },
  '--quiet': { as: 'quiet' },
  '--template': { as: 'template', value: true },
  '--object-format': { as: 'format', value: true },
};

/** What git says where nobody has settled how first branches are called. */
const masterHint = [
  "Using 'master' as the name for the initial branch. This default branch name",
  'is subject to change. To configure the initial branch name to use in all',
  'of your new repositories, which will suppress this warning, call:',
  '',
  '\tgit config --global init.defaultBranch <name>',
  '',
  "Names commonly chosen instead of 'master' are 'main', 'trunk' and",
  "'development'. The just-created branch can be renamed via this command:",
  '',
  '\tgit branch -m <name>',
]
  .map((line) => `hint: ${line}\n`)
  .join('');

/** `git init`: makes a repository, or leaves one that is there as it is. */
export async function init(io: CommandIO, args: readonly string[]): Promise<number> {
  const parsed = readOptions('init', args, options);
  const format = lastValue(parsed, 'format') ?? 'sha1';
  if (format === 'sha256') throw new GitStop("git init: 'sha256' is not part of this sandbox", 129);
  if (format !== 'sha1') throw fatal(`unknown hash algorithm '${format}'`);
  if (parsed.words.length > 1) throw new UsageStop('init of several');
  const { files } = io.machine;
  const dir = resolvePath(io.cwd, parsed.words[0] ?? '.');
  const bare = parsed.flags.has('bare');
  const gitdir = bare ? dir : `${dir === '/' ? '' : dir}/.git`;
  const again = files.exists(`${gitdir}/HEAD`);
  const named = lastValue(parsed, 'branch') ?? globalConfig(io, 'init.defaultBranch');
  if (named === undefined && !again && !parsed.flags.has('quiet')) io.stderr(masterHint);
  const defaultBranch = named ?? 'master';
  files.mkdir(gitdir, { recursive: true });
  if (!again) await makeRepository(files, { dir, gitdir, bare, defaultBranch });
  if (!parsed.flags.has('quiet'))
    io.stdout(`${again ? 'Reinitialized existing' : 'Initialized empty'} Git repository in ${gitdir}/\n`);
  return 0;
}

/** An empty repository, with the settings that git writes (isomorphic-git's own speak of a poorer file system). */
export async function makeRepository(
  files: Files,
  place: { readonly dir: string; readonly gitdir: string; readonly bare: boolean; readonly defaultBranch: string },
): Promise<void> {
  await git.init({ fs: gitFiles(files), ...place });
  files.mkdir(`${place.gitdir}/branches`, { recursive: true });
  files.writeFile(
    `${place.gitdir}/description`,
    "Unnamed repository; edit this file 'description' to name the repository.\n",
  );
  files.writeFile(
    `${place.gitdir}/info/exclude`,
    "# git ls-files --others --exclude-from=.git/info/exclude\n# Lines that start with '#' are comments.\n# For a project mostly in C, the following would be a good set of\n# exclude patterns (uncomment them if you want to use them):\n# *.[oa]\n# *~\n",
  );
  const log = place.bare ? '' : '\tlogallrefupdates = true\n';
  files.writeFile(
    `${place.gitdir}/config`,
    `[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = ${place.bare}\n${log}`,
  );
}
