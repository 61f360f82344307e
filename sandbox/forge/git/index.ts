// What git computes from objects alone, without a working tree: the graph of commits, three-way merges, differences of lines.
export { readCommit } from './commits.ts';
export * from './history.ts';
export { diffBetween, type Hunk, hunksBetween, linesOf } from './line-diff.ts';
export { mergeText } from './merge-text.ts';
export { commonTree, type MergeChoice, type Merged, type MergeWords, mergeTrees, type Stages } from './merge-trees.ts';
export { type Person, zone } from './person.ts';
export { isRefName } from './ref-name.ts';
export * from './similarity.ts';
