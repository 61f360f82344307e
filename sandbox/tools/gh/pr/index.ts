// `gh pr`: pull requests from the command line.
import type { Subcommand } from '../subcommand.ts';
import { close, comment, edit, ready, reopen, review } from './change.ts';
import { checkout } from './checkout.ts';
import { checks } from './checks.ts';
import { create } from './create.ts';
import { list, status } from './list.ts';
import { merge } from './merge.ts';
import { updateBranchCommand } from './update-branch.ts';
import { diff, view } from './view.ts';

export const prCommands: Readonly<Record<string, Subcommand>> = {
  checkout,
  checks,
  close,
  comment,
  create,
  diff,
  edit,
  list,
  ls: list,
  merge,
  ready,
  reopen,
  review,
  status,
  'update-branch': updateBranchCommand,
  view,
};
