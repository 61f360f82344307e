import type { Machine } from '../machine/machine.ts';
import type { CheckRun, Issue, PullRequest, Release, Settings } from './records.ts';

/** What the forge keeps of a repository, as documents on its disk: part of every snapshot, and nowhere else. */
export interface Store {
  readonly repository: string;
  settings(): Settings;
  change(settings: Partial<Settings>): void;
  /** In the order of their numbers. */
  pulls(): readonly PullRequest[];
  issues(): readonly Issue[];
  pull(number: number): PullRequest | undefined;
  savePull(pull: PullRequest): void;
  saveIssue(issue: Issue): void;
  /** For the next issue or pull request. */
  nextNumber(): number;
  releases(): readonly Release[];
  saveRelease(release: Release): void;
  removeRelease(tag: string): void;
  /** All of a commit, oldest run first. */
  checks(commit: string): readonly CheckRun[];
  /** Takes the place of what the same run said before. */
  saveChecks(commit: string, run: number, checks: readonly CheckRun[]): void;
}

const ROOT = '/srv/forge';

export const folderOf = (repository: string): string => `${ROOT}/${repository}`;

const noSettings: Settings = {
  description: '',
  defaultBranch: 'main',
  isPrivate: true,
  tokenMay: 'read',
  methods: ['merge', 'squash', 'rebase'],
  deleteBranchOnMerge: false,
  labels: [
    { name: 'bug', color: 'd73a4a', description: "Something isn't working" },
    { name: 'documentation', color: '0075ca', description: 'Improvements or additions to documentation' },
    { name: 'enhancement', color: 'a2eeef', description: 'New feature or request' },
  ],
  rulesets: [],
  protections: [],
  admins: ['dev'],
  reviewers: [],
  hooks: [],
  environments: {},
  secrets: {},
  variables: {},
  setAt: {},
};

/** A document of the forge, or undefined when there is none. What cannot be read is a fault with the file's name. */
export function readDocument<T>({ far }: Pick<Machine, 'far'>, path: string): T | undefined {
  if (!far.exists(path)) return undefined;
  try {
    return JSON.parse(far.readText(path)) as T;
  } catch {
    throw new Error(`${path}: not JSON`);
  }
}

export function writeDocument({ far }: Pick<Machine, 'far'>, path: string, value: unknown): void {
  far.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  far.writeFile(path, `${JSON.stringify(value, null, 1)}\n`);
}

/** The documents of a folder, in the order of their numbers. */
export function readDocuments<T>(machine: Pick<Machine, 'far'>, folder: string): readonly T[] {
  const { far } = machine;
  if (!far.exists(folder)) return [];
  return far
    .list(folder)
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
    .flatMap((name) => readDocument<T>(machine, `${folder}/${name}`) ?? []);
}

export function openStore(machine: Machine, repository: string): Store {
  const folder = folderOf(repository);
  const settings = (): Settings => ({
    ...noSettings,
    ...readDocument<Partial<Settings>>(machine, `${folder}/settings.json`),
  });
  const releaseFile = (tag: string): string => `${folder}/releases/${tag.replaceAll('/', '%2F')}.json`;
  const checks = (commit: string): readonly CheckRun[] =>
    readDocument(machine, `${folder}/checks/${commit}.json`) ?? [];
  const pulls = (): readonly PullRequest[] => readDocuments(machine, `${folder}/pulls`);
  const issues = (): readonly Issue[] => readDocuments(machine, `${folder}/issues`);
  return {
    repository,
    settings,
    change: (changed) => writeDocument(machine, `${folder}/settings.json`, { ...settings(), ...changed }),
    pulls,
    issues,
    pull: (number) => readDocument(machine, `${folder}/pulls/${number}.json`),
    savePull: (pull) => writeDocument(machine, `${folder}/pulls/${pull.number}.json`, pull),
    saveIssue: (issue) => writeDocument(machine, `${folder}/issues/${issue.number}.json`, issue),
    nextNumber: () => Math.max(0, ...[...pulls(), ...issues()].map(({ number }) => number)) + 1,
    releases: () =>
      [...readDocuments<Release>(machine, `${folder}/releases`)].sort((a, b) => a.createdAt - b.createdAt),
    saveRelease: (release) => writeDocument(machine, releaseFile(release.tag), release),
    removeRelease: (tag) => machine.far.remove(releaseFile(tag)),
    checks,
    saveChecks: (commit, run, said) =>
      writeDocument(machine, `${folder}/checks/${commit}.json`, [
        ...checks(commit).filter((one) => one.run !== run),
        ...said,
      ]),
  };
}
