// What is seldom needed of git: a script of its own (`parts/git.ts`), so that the engine's core stays small.
import { am } from '../am.ts';
import { archive } from '../archive.ts';
import { bisect } from '../bisect.ts';
import { annotate, blame } from '../blame.ts';
import { describe } from '../describe.ts';
import { diffIndex, diffTree } from '../diff-tree.ts';
import { grep } from '../grep.ts';
import type { RareGit } from '../index.ts';
import { lineHistory } from '../line-log.ts';
import { independent, octopus } from '../octopus.ts';
import { apply, formatPatch } from '../patches.ts';
import { cherryPick, revert } from '../pick.ts';
import { checkoutIndex, commitTree, readTreeCommand, writeTree } from '../plumbing.ts';
import { rebase, rebaseOnto } from '../rebase.ts';
import { reflog } from '../reflog.ts';
import { pruneRemote, showRemote } from '../remote-show.ts';
import { shortlog } from '../shortlog.ts';
import { checkAttr } from './check-attr.ts';
import { checkIgnore } from './check-ignore.ts';
import { cherry } from './cherry.ts';
import { fsck } from './fsck.ts';
import { gc, packRefsCommand, prune, repackCommand } from './gc.ts';
import { interpretTrailers } from './interpret-trailers.ts';
import { mergeTree } from './merge-tree.ts';
import { describeContains, nameRev } from './name-rev.ts';
import { notes } from './notes.ts';
import { catFile, countObjects, hashObject, lsTree } from './objects.ts';
import { byHunk, stageByHunk } from './patch-modes.ts';
import {
  checkMailmap,
  checkRefFormat,
  diffFiles,
  maintenance,
  stripspace,
  variable,
  verifyCommit,
  verifyTag,
  whatchanged,
} from './small.ts';
import { stashByHunk } from './stash-patch.ts';
import { submodule } from './submodule.ts';
import { storeTrouble } from './trouble.ts';
import { updateIndex } from './update-index.ts';
import { updateRef } from './update-ref.ts';
import { complaint, usageOf } from './usages/index.ts';
import { worktree } from './worktree.ts';

export const rareGit: RareGit = {
  subcommands: {
    am,
    annotate,
    apply,
    archive,
    bisect,
    blame,
    'add --patch': byHunk('add'),
    'checkout --patch': byHunk('checkout'),
    'reset --patch': byHunk('reset'),
    'restore --patch': byHunk('restore'),
    'cat-file': catFile,
    'check-attr': checkAttr,
    'check-ignore': checkIgnore,
    'check-mailmap': checkMailmap,
    'check-ref-format': checkRefFormat,
    'checkout-index': checkoutIndex,
    cherry,
    'cherry-pick': cherryPick,
    'commit-tree': commitTree,
    'count-objects': countObjects,
    describe,
    'describe --contains': describeContains,
    'diff-files': diffFiles,
    'diff-index': diffIndex,
    'diff-tree': diffTree,
    'format-patch': formatPatch,
    fsck,
    gc,
    grep,
    'hash-object': hashObject,
    'interpret-trailers': interpretTrailers,
    'ls-tree': lsTree,
    maintenance,
    'merge-tree': mergeTree,
    'name-rev': nameRev,
    notes,
    'pack-refs': packRefsCommand,
    prune,
    'read-tree': readTreeCommand,
    rebase,
    reflog,
    repack: repackCommand,
    revert,
    shortlog,
    stripspace,
    submodule,
    'update-index': updateIndex,
    'update-ref': updateRef,
    var: variable,
    'verify-commit': verifyCommit,
    'verify-tag': verifyTag,
    whatchanged,
    worktree,
    'write-tree': writeTree,
  },
  lazy: { independent, lineHistory, octopus, rebaseOnto, showRemote, pruneRemote, stageByHunk, stashByHunk, submodule },
  usageOf,
  complaint,
  storeTrouble,
};
