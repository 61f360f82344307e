// Names of options as `git COMMAND -h` lists them (git 2.39), without its words for them, of commands that change files, the index and history.
export const changing: Readonly<Record<string, string>> = {
  add: `usage: git add [<options>] [--] <pathspec>...

    -n, --dry-run
    -v, --verbose

    -i, --interactive
    -p, --patch
    -e, --edit
    -f, --force
    -u, --update
    --renormalize
    -N, --intent-to-add
    -A, --all
    --ignore-removal
    --refresh
    --ignore-errors
    --ignore-missing
    --sparse
    --chmod (+|-)x
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  am: `usage: git am [<options>] [(<mbox> | <Maildir>)...]
   or: git am [<options>] (--continue | --skip | --abort)

    -i, --interactive
    -3, --3way
    -q, --quiet
    -s, --signoff
    -u, --utf8
    -k, --keep
    --keep-non-patch
    -m, --message-id
    --keep-cr
    --no-keep-cr
    -c, --scissors
    --quoted-cr <action>
    --whitespace <action>
    --ignore-space-change
    --ignore-whitespace
    --directory <root>
    --exclude <path>
    --include <path>
    -C <n>
    -p <num>
    --patch-format <format>
    --reject
    --resolvemsg ...
    --continue
    -r, --resolved
    --skip
    --abort
    --quit
    --show-current-patch[=(diff|raw)]
    --allow-empty
    --committer-date-is-author-date
    --ignore-date
    --rerere-autoupdate
    -S, --gpg-sign[=<key-id>]
    --empty <{stop,drop,keep}>

`,
  apply: `usage: git apply [<options>] [<patch>...]

    --exclude <path>
    --include <path>
    -p <num>
    --no-add
    --stat
    --numstat
    --summary
    --check
    --index
    -N, --intent-to-add
    --cached
    --unsafe-paths
    --apply
    -3, --3way
    --build-fake-ancestor <file>
    -z
    -C <n>
    --whitespace <action>
    --ignore-space-change
    --ignore-whitespace
    -R, --reverse
    --unidiff-zero
    --reject
    --allow-overlap
    -v, --verbose
    -q, --quiet
    --inaccurate-eof
    --recount
    --directory <root>
    --allow-empty

`,
  branch: `usage: git branch [<options>] [-r | -a] [--merged] [--no-merged]
   or: git branch [<options>] [-f] [--recurse-submodules] <branch-name> [<start-point>]
   or: git branch [<options>] [-l] [<pattern>...]
   or: git branch [<options>] [-r] (-d | -D) <branch-name>...
   or: git branch [<options>] (-m | -M) [<old-branch>] <new-branch>
   or: git branch [<options>] (-c | -C) [<old-branch>] <new-branch>
   or: git branch [<options>] [-r | -a] [--points-at]
   or: git branch [<options>] [-r | -a] [--format]

Generic options
    -v, --verbose
    -q, --quiet
    -t, --track[=(direct|inherit)]
    -u, --set-upstream-to <upstream>
    --unset-upstream
    --color[=<when>]
    -r, --remotes
    --contains <commit>
    --no-contains <commit>
    --abbrev[=<n>]

Specific git-branch actions:
    -a, --all
    -d, --delete
    -D
    -m, --move
    -M
    -c, --copy
    -C
    -l, --list
    --show-current
    --create-reflog
    --edit-description
    -f, --force
    --merged <commit>
    --no-merged <commit>
    --column[=<style>]
    --sort <key>
    --points-at <object>
    -i, --ignore-case
    --recurse-submodules
    --format <format>

`,
  checkout: `usage: git checkout [<options>] <branch>
   or: git checkout [<options>] [<branch>] -- <file>...

    -b <branch>
    -B <branch>
    -l
    --guess
    --overlay
    -q, --quiet
    --recurse-submodules[=<checkout>]
    --progress
    -m, --merge
    --conflict <style>
    -d, --detach
    -t, --track[=(direct|inherit)]
    -f, --force
    --orphan <new-branch>
    --overwrite-ignore
    --ignore-other-worktrees
    -2, --ours
    -3, --theirs
    -p, --patch
    --ignore-skip-worktree-bits
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  'cherry-pick': `usage: git cherry-pick [--edit] [-n] [-m <parent-number>] [-s] [-x] [--ff]
   or: git cherry-pick (--continue | --skip | --abort | --quit)

    --quit
    --continue
    --abort
    --skip
    --cleanup <mode>
    -n, --no-commit
    -e, --edit
    -s, --signoff
    -m, --mainline <parent-number>
    --rerere-autoupdate
    --strategy <strategy>
    -X, --strategy-option <option>
    -S, --gpg-sign[=<key-id>]
    -x
    --ff
    --allow-empty
    --allow-empty-message
    --keep-redundant-commits

`,
  clean: `usage: git clean [-d] [-f] [-i] [-n] [-q] [-e <pattern>] [-x | -X] [--] [<pathspec>...]

    -q, --quiet
    -n, --dry-run
    -f, --force
    -i, --interactive
    -d
    -e, --exclude <pattern>
    -x
    -X

`,
  commit: `usage: git commit [-a | --interactive | --patch] [-s] [-v] [-u<mode>] [--amend]
                  [--dry-run] [(-c | -C | --squash) <commit> | --fixup [(amend|reword):]<commit>)]
                  [-F <file> | -m <msg>] [--reset-author] [--allow-empty]
                  [--allow-empty-message] [--no-verify] [-e] [--author=<author>]
                  [--date=<date>] [--cleanup=<mode>] [--[no-]status]
                  [-i | -o] [--pathspec-from-file=<file> [--pathspec-file-nul]]
                  [(--trailer <token>[(=|:)<value>])...] [-S[<keyid>]]
                  [--] [<pathspec>...]

    -q, --quiet
    -v, --verbose

Commit message options
    -F, --file <file>
    --author <author>
    --date <date>
    -m, --message <message>
    -c, --reedit-message <commit>
    -C, --reuse-message <commit>
    --fixup [(amend|reword):]commit
    --squash <commit>
    --reset-author
    --trailer <trailer>
    -s, --signoff
    -t, --template <file>
    -e, --edit
    --cleanup <mode>
    --status
    -S, --gpg-sign[=<key-id>]

Commit contents options
    -a, --all
    -i, --include
    --interactive
    -p, --patch
    -o, --only
    -n, --no-verify
    --dry-run
    --short
    --branch
    --ahead-behind
    --porcelain
    --long
    -z, --null
    --amend
    --no-post-rewrite
    -u, --untracked-files[=<mode>]
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  'init of several': `usage: git init [-q | --quiet] [--bare] [--template=<template-directory>]
         [--separate-git-dir <git-dir>] [--object-format=<format>]
         [-b <branch-name> | --initial-branch=<branch-name>]
         [--shared[=<permissions>]] [<directory>]
`,
  init: `usage: git init [-q | --quiet] [--bare] [--template=<template-directory>]
                [--separate-git-dir <git-dir>] [--object-format=<format>]
                [-b <branch-name> | --initial-branch=<branch-name>]
                [--shared[=<permissions>]] [<directory>]

    --template <template-directory>
    --bare
    --shared[=<permissions>]
    -q, --quiet
    --separate-git-dir <gitdir>
    -b, --initial-branch <name>
    --object-format <hash>

`,
  merge: `usage: git merge [<options>] [<commit>...]
   or: git merge --abort
   or: git merge --continue

    -n
    --stat
    --summary
    --log[=<n>]
    --squash
    --commit
    -e, --edit
    --cleanup <mode>
    --ff
    --ff-only
    --rerere-autoupdate
    --verify-signatures
    -s, --strategy <strategy>
    -X, --strategy-option <option=value>
    -m, --message <message>
    -F, --file <path>
    --into-name <name>
    -v, --verbose
    -q, --quiet
    --abort
    --quit
    --continue
    --allow-unrelated-histories
    --progress
    -S, --gpg-sign[=<key-id>]
    --autostash
    --overwrite-ignore
    --signoff
    --no-verify

`,
  mv: `usage: git mv [<options>] <source>... <destination>

    -v, --verbose
    -n, --dry-run
    -f, --force
    -k
    --sparse

`,
  rebase: `usage: git rebase [-i] [options] [--exec <cmd>] [--onto <newbase> | --keep-base] [<upstream> [<branch>]]
   or: git rebase [-i] [options] [--exec <cmd>] [--onto <newbase>] --root [<branch>]
   or: git rebase --continue | --abort | --skip | --edit-todo

    --onto <revision>
    --keep-base
    --no-verify
    -q, --quiet
    -v, --verbose
    -n, --no-stat
    --signoff
    --committer-date-is-author-date
    --reset-author-date
    -C <n>
    --ignore-whitespace
    --whitespace <action>
    -f, --force-rebase
    --no-ff
    --continue
    --skip
    --abort
    --quit
    --edit-todo
    --show-current-patch
    --apply
    -m, --merge
    -i, --interactive
    --rerere-autoupdate
    --empty <{drop,keep,ask}>
    --autosquash
    --update-refs
    -S, --gpg-sign[=<key-id>]
    --autostash
    -x, --exec <exec>
    -r, --rebase-merges[=<mode>]
    --fork-point
    -s, --strategy <strategy>
    -X, --strategy-option <option>
    --root
    --reschedule-failed-exec
    --reapply-cherry-picks

`,
  reset: `usage: git reset [--mixed | --soft | --hard | --merge | --keep] [-q] [<commit>]
   or: git reset [-q] [<tree-ish>] [--] <pathspec>...
   or: git reset [-q] [--pathspec-from-file [--pathspec-file-nul]] [<tree-ish>]
   or: git reset --patch [<tree-ish>] [--] [<pathspec>...]

    -q, --quiet
    --no-refresh
    --mixed
    --soft
    --hard
    --merge
    --keep
    --recurse-submodules[=<reset>]
    -p, --patch
    -N, --intent-to-add
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  restore: `usage: git restore [<options>] [--source=<branch>] <file>...

    -s, --source <tree-ish>
    -S, --staged
    -W, --worktree
    --ignore-unmerged
    --overlay
    -q, --quiet
    --recurse-submodules[=<checkout>]
    --progress
    -m, --merge
    --conflict <style>
    -2, --ours
    -3, --theirs
    -p, --patch
    --ignore-skip-worktree-bits
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  revert: `usage: git revert [--[no-]edit] [-n] [-m <parent-number>] [-s] [-S[<keyid>]] <commit>...
   or: git revert (--continue | --skip | --abort | --quit)

    --quit
    --continue
    --abort
    --skip
    --cleanup <mode>
    -n, --no-commit
    -e, --edit
    -s, --signoff
    -m, --mainline <parent-number>
    --rerere-autoupdate
    --strategy <strategy>
    -X, --strategy-option <option>
    -S, --gpg-sign[=<key-id>]
    --reference

`,
  rm: `usage: git rm [-f | --force] [-n] [-r] [--cached] [--ignore-unmatch]
              [--quiet] [--pathspec-from-file=<file> [--pathspec-file-nul]]
              [--] [<pathspec>...]

    -n, --dry-run
    -q, --quiet
    --cached
    -f, --force
    -r
    --ignore-unmatch
    --sparse
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  stash: `usage: git stash list [<log-options>]
   or: git stash show [-u | --include-untracked | --only-untracked] [<diff-options>] [<stash>]
   or: git stash drop [-q | --quiet] [<stash>]
   or: git stash pop [--index] [-q | --quiet] [<stash>]
   or: git stash apply [--index] [-q | --quiet] [<stash>]
   or: git stash branch <branchname> [<stash>]
   or: git stash [push [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]
                 [-u | --include-untracked] [-a | --all] [(-m | --message) <message>]
                 [--pathspec-from-file=<file> [--pathspec-file-nul]]
                 [--] [<pathspec>...]]
   or: git stash save [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]
                 [-u | --include-untracked] [-a | --all] [<message>]
   or: git stash clear
   or: git stash create [<message>]
   or: git stash store [(-m | --message) <message>] [-q | --quiet] <commit>

`,
  'stash push': `usage: git stash [push [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]
                 [-u | --include-untracked] [-a | --all] [(-m | --message) <message>]
                 [--pathspec-from-file=<file> [--pathspec-file-nul]]
                 [--] [<pathspec>...]]

    -k, --keep-index
    -S, --staged
    -p, --patch
    -q, --quiet
    -u, --include-untracked
    -a, --all
    -m, --message <message>
    --pathspec-from-file <file>
    --pathspec-file-nul

`,
  'stash pop': `usage: git stash pop [--index] [-q | --quiet] [<stash>]

    -q, --quiet
    --index

`,
  'stash apply': `usage: git stash apply [--index] [-q | --quiet] [<stash>]

    -q, --quiet
    --index

`,
  'stash drop': `usage: git stash drop [-q | --quiet] [<stash>]

    -q, --quiet

`,
  'stash show': `usage: git stash show [-u | --include-untracked | --only-untracked] [<diff-options>] [<stash>]

    -u, --include-untracked
    --only-untracked

`,
  'stash list': `usage: git stash list [<log-options>]

`,
  switch: `usage: git switch [<options>] [<branch>]

    -c, --create <branch>
    -C, --force-create <branch>
    --guess
    --discard-changes
    -q, --quiet
    --recurse-submodules[=<checkout>]
    --progress
    -m, --merge
    --conflict <style>
    -d, --detach
    -t, --track[=(direct|inherit)]
    -f, --force
    --orphan <new-branch>
    --overwrite-ignore
    --ignore-other-worktrees

`,
  tag: `usage: git tag [-a | -s | -u <key-id>] [-f] [-m <msg> | -F <file>] [-e]
               <tagname> [<commit> | <object>]
   or: git tag -d <tagname>...
   or: git tag [-n[<num>]] -l [--contains <commit>] [--no-contains <commit>]
               [--points-at <object>] [--column[=<options>] | --no-column]
               [--create-reflog] [--sort=<key>] [--format=<format>]
               [--merged <commit>] [--no-merged <commit>] [<pattern>...]
   or: git tag -v [--format=<format>] <tagname>...

    -l, --list
    -n[<n>]
    -d, --delete
    -v, --verify

Tag creation options
    -a, --annotate
    -m, --message <message>
    -F, --file <file>
    -e, --edit
    -s, --sign
    --cleanup <mode>
    -u, --local-user <key-id>
    -f, --force
    --create-reflog

Tag listing options
    --column[=<style>]
    --contains <commit>
    --no-contains <commit>
    --merged <commit>
    --no-merged <commit>
    --sort <key>
    --points-at <object>
    --format <format>
    --color[=<when>]
    -i, --ignore-case

`,
  worktree: `usage: git worktree add [-f] [--detach] [--checkout] [--lock [--reason <string>]]
   or: git worktree list [-v | --porcelain [-z]]
   or: git worktree lock [--reason <string>] <worktree>
   or: git worktree move <worktree> <new-path>
   or: git worktree prune [-n] [-v] [--expire <expire>]
   or: git worktree remove [-f] <worktree>
   or: git worktree repair [<path>...]
   or: git worktree unlock <worktree>

`,
  'worktree add': `usage: git worktree add [-f] [--detach] [--checkout] [--lock [--reason <string>]]

    -f, --force
    -b <branch>
    -B <branch>
    -d, --detach
    --checkout
    --lock
    --reason <string>
    -q, --quiet
    --track
    --guess-remote

`,
  'worktree list': `usage: git worktree list [-v | --porcelain [-z]]

    --porcelain
    -v, --verbose
    --expire <expiry-date>
    -z

`,
  'worktree lock': `usage: git worktree lock [--reason <string>] <worktree>

    --reason <string>

`,
  'worktree move': `usage: git worktree move <worktree> <new-path>

    -f, --force

`,
  'worktree prune': `usage: git worktree prune [-n] [-v] [--expire <expire>]

    -n, --dry-run
    -v, --verbose
    --expire <expiry-date>

`,
  'worktree remove': `usage: git worktree remove [-f] <worktree>

    -f, --force

`,
  'worktree unlock': `usage: git worktree unlock <worktree>

`,
  'worktree repair': `usage: git worktree repair [<path>...]

`,
};
