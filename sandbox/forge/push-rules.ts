// What the rules of a repository say to a push: nothing, a warning that it passed them over, or why it is refused.

import { isAncestor } from './ancestor.ts';
import { checksRefusal } from './check-state.ts';
import { type Forge, fullNameOf } from './forge.ts';
import { commitData, commitsBetween } from './git/index.ts';
import { mergeStateOf } from './mergeability.ts';
import type { Login } from './records.ts';
import { neverBypassed, type Rules, type RulesOnRef, rulesOn } from './rules.ts';

export interface Move {
  readonly ref: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly by: Login;
}

/** What the forge says of a move; each line is shown behind `remote: `. */
export interface Ruling {
  readonly isRefused: boolean;
  /** As git shows it in brackets. */
  readonly reason: 'protected branch hook declined' | 'push declined due to repository rule violations';
  readonly lines: readonly string[];
}

interface Violation {
  readonly rule: keyof Rules;
  readonly lines: readonly string[];
}

/** @returns undefined where no rule minds. The objects of `to` must be there. */
export async function ruleOn(forge: Forge, move: Move): Promise<Ruling | undefined> {
  const applied = rulesOn(move.ref, forge.store.settings());
  if (applied.length === 0) return undefined;
  const refused = new Map<string, RulesOnRef['kind']>();
  const passedOver = new Set<string>();
  for (const one of applied)
    for (const { rule, lines } of await violationsOf(forge, move, one.rules)) {
      const isFree = one.bypass.includes(move.by) && !(one.kind === 'protection' && neverBypassed.has(rule));
      const text = lines.join('\n');
      if (isFree) passedOver.add(text);
      else refused.set(text, one.kind);
    }
  const reason = [...refused.values()].includes('ruleset')
    ? 'push declined due to repository rule violations'
    : 'protected branch hook declined';
  if (refused.size > 0)
    return { isRefused: true, reason, lines: refusalLines(forge, move, reason, [...refused.keys()]) };
  if (passedOver.size === 0) return undefined;
  const lines = [`Bypassed rule violations for ${move.ref}:`, '', ...listed([...passedOver])];
  return { isRefused: false, reason, lines };
}

function refusalLines(
  { repository }: Forge,
  { ref }: Move,
  reason: Ruling['reason'],
  violations: readonly string[],
): readonly string[] {
  if (reason === 'protected branch hook declined')
    return [`error: GH006: Protected branch update failed for ${ref}.`, '', ...listed(violations)];
  const url = `https://git.ventarela.test/${fullNameOf(repository)}/rules?ref=${ref.replaceAll('/', '%2F')}`;
  return [
    `error: GH013: Repository rule violations found for ${ref}.`,
    `Review all repository rules at ${url}`,
    '',
    ...listed(violations),
  ];
}

const listed = (violations: readonly string[]): readonly string[] =>
  violations.flatMap((text) => [...`- ${text}`.split('\n'), '']);

async function violationsOf(forge: Forge, move: Move, rules: Rules): Promise<readonly Violation[]> {
  const { from, to, by } = move;
  const found: Violation[] = [];
  const add = (rule: keyof Rules, ...lines: readonly string[]): void => void found.push({ rule, lines });
  if (to === undefined) {
    if (rules.deletion) add('deletion', 'Cannot delete this branch');
    return found;
  }
  if (rules.update && from !== undefined) add('update', 'Cannot update this protected ref.');
  if (rules.restrictedTo !== undefined && !rules.restrictedTo.includes(by))
    add('restrictedTo', "You're not authorized to push to this branch.");
  if (from === undefined) {
    if (rules.creation) add('creation', 'Cannot create ref due to creations being restricted.');
    return found;
  }
  if (rules.nonFastForward && !(await isAncestor(forge.place, from, to)))
    add('nonFastForward', 'Cannot force-push to this branch');
  if (rules.requiredLinearHistory) {
    const merges = await mergesBetween(forge, from, to);
    if (merges.length > 0)
      add(
        'requiredLinearHistory',
        'This branch must not contain merge commits.',
        `  Found ${merges.length} violation${merges.length === 1 ? '' : 's'}:`,
        '',
        ...merges.map((oid) => `  ${oid}`),
      );
  }
  // "Pull requests that are up-to-date and pass required status checks can be merged locally and pushed".
  const isMerged = await bringsApprovedPull(forge, move);
  if (rules.pullRequest !== undefined && !isMerged) add('pullRequest', 'Changes must be made through a pull request.');
  if (rules.mergeQueue !== undefined) add('mergeQueue', 'Changes must be made through the merge queue');
  const { requiredChecks } = rules;
  const why =
    requiredChecks === undefined || isMerged
      ? undefined
      : checksRefusal(requiredChecks.names, forge.store.checks(to), forge.now());
  if (why !== undefined) add('requiredChecks', why);
  return found;
}

async function mergesBetween({ place }: Forge, from: string, to: string): Promise<readonly string[]> {
  const merges: string[] = [];
  for (const oid of await commitsBetween(place, [from], to))
    if ((await commitData(place, oid)).parent.length > 1) merges.push(oid);
  return merges;
}

/** Whether the new tip is an open pull request's head, or a merge of it, and nothing is in its way. */
async function bringsApprovedPull({ place, store, now }: Forge, { ref, from, to }: Move): Promise<boolean> {
  if (from === undefined || to === undefined) return false;
  const { parent } = await commitData(place, to);
  return store.pulls().some((pull) => {
    if (pull.state !== 'OPEN' || ref !== `refs/heads/${pull.base}`) return false;
    const isIt = pull.headCommit === to || (parent[0] === from && parent[1] === pull.headCommit);
    return isIt && mergeStateOf(pull, store.settings(), store.checks(pull.headCommit), now()).state === 'ready';
  });
}
