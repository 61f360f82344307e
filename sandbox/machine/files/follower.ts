import type { FileChange, FileTree } from './contract.ts';
import { createFiles } from './files.ts';
import { parentOf } from './path.ts';

/** A copy of a tree kept elsewhere (the page's mirror of the machine), which follows its changes. */
export interface Follower {
  /** Changes of unknown paths are ignored. */
  apply(changes: readonly FileChange[]): void;
  snapshot(): FileTree;
}

export function createFollower(tree: FileTree): Follower {
  let at = 0;
  const files = createFiles(() => at, tree);

  function apply(change: FileChange): void {
    at = change.mtimeMs;
    if (change.op !== 'remove') files.mkdir(parentOf(change.path), { recursive: true });
    if (change.op === 'remove') files.remove(change.path, { recursive: true, force: true });
    else if (change.op === 'write') files.writeFile(change.path, change.bytes, change.mode);
    else if (change.op === 'append') files.appendFile(change.path, change.bytes);
    else if (change.op === 'mkdir') files.mkdir(change.path, { recursive: true, mode: change.mode });
    else if (change.op === 'symlink') files.symlink(change.target, change.path);
    else if (change.op === 'rename') files.rename(change.from, change.path);
    else {
      files.chmod(change.path, change.mode);
      files.utimes(change.path, change.mtimeMs);
    }
  }

  return {
    apply(changes) {
      for (const change of changes) apply(change);
    },
    snapshot: files.snapshot,
  };
}
