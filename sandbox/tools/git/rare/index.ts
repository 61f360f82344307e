// What is seldom needed of git: a script of its own (`parts/git.ts`), so that the engine's core stays small.
import { am } from '../am.ts';
import { archive } from '../archive.ts';
import type { RareGit } from '../index.ts';
import { apply, formatPatch } from '../patches.ts';
import { checkAttr } from './check-attr.ts';
import { fsck } from './fsck.ts';
import { gc, packRefsCommand, prune, repackCommand } from './gc.ts';
import { describeContains, nameRev } from './name-rev.ts';
import { complaint, usageOf } from './usages/index.ts';
import { worktree } from './worktree.ts';

export const rareGit: RareGit = {
  subcommands: {
    am,
    apply,
    archive,
    'check-attr': checkAttr,
    'describe --contains': describeContains,
    'format-patch': formatPatch,
    fsck,
    gc,
    'name-rev': nameRev,
    'pack-refs': packRefsCommand,
    prune,
    repack: repackCommand,
    worktree,
  },
  usageOf,
  complaint,
};
