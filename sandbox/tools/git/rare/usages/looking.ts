// Names of options as `git COMMAND -h` lists them (git 2.39), without its words for them, of commands that look at history, files and objects.
export const looking: Readonly<Record<string, string>> = {
  bisect: `usage: git bisect [help|start|bad|good|new|old|terms|skip|next|reset|visualize|view|replay|log|run]

git bisect help
	print this long help message.
git bisect start [--term-{new,bad}=<term> --term-{old,good}=<term>]
		 [--no-checkout] [--first-parent] [<bad> [<good>...]] [--] [<pathspec>...]
	reset bisect state and start bisection.
git bisect (bad|new) [<rev>]
	mark <rev> a known-bad revision/
		a revision after change in a given property.
git bisect (good|old) [<rev>...]
	mark <rev>... known-good revisions/
		revisions before change in a given property.
git bisect terms [--term-good | --term-bad]
	show the terms used for old and new commits (default: bad, good)
git bisect skip [(<rev>|<range>)...]
	mark <rev>... untestable revisions.
git bisect next
	find next bisection to test and check it out.
git bisect reset [<commit>]
	finish bisection search and go back to commit.
git bisect (visualize|view)
	show bisect status in gitk.
git bisect replay <logfile>
	replay bisection log.
git bisect log
	show bisect log.
git bisect run <cmd>...
	use <cmd>... to automatically bisect.

Please use "git help bisect" to get the full man page.
`,
  'bisect--helper': `usage: git bisect--helper --bisect-reset [<commit>]
   or: git bisect--helper --bisect-terms [--term-good | --term-old | --term-bad | --term-new]
   or: git bisect--helper --bisect-start [--term-{new,bad}=<term> --term-{old,good}=<term>] [--no-checkout] [--first-parent] [<bad> [<good>...]] [--] [<paths>...]
   or: git bisect--helper --bisect-next
   or: git bisect--helper --bisect-state (bad|new) [<rev>]
   or: git bisect--helper --bisect-state (good|old) [<rev>...]
   or: git bisect--helper --bisect-replay <filename>
   or: git bisect--helper --bisect-skip [(<rev>|<range>)...]
   or: git bisect--helper --bisect-visualize
   or: git bisect--helper --bisect-run <cmd>...

`,
  blame: `usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>

    <rev-opts> are documented in git-rev-list(1)

    --incremental
    -b
    --root
    --show-stats
    --progress
    --score-debug
    -f, --show-name
    -n, --show-number
    -p, --porcelain
    --line-porcelain
    -c
    -t
    -l
    -s
    -e, --show-email
    -w
    --ignore-rev <rev>
    --ignore-revs-file <file>
    --color-lines
    --color-by-age
    --minimal
    -S <file>
    --contents <file>
    -C[<score>]
    -M[<score>]
    -L <range>
    --abbrev[=<n>]

`,
  'cat-file': `usage: git cat-file <type> <object>
   or: git cat-file (-e | -p) <object>
   or: git cat-file (-t | -s) [--allow-unknown-type] <object>
   or: git cat-file (--batch | --batch-check | --batch-command) [--batch-all-objects]
   or: git cat-file (--textconv | --filters)

Check object existence or emit object contents
    -e
    -p

Emit [broken] object attributes
    -t
    -s
    --allow-unknown-type
    --use-mailmap
    --mailmap

Batch objects requested on stdin (or --batch-all-objects)
    --batch[=<format>]
    --batch-check[=<format>]
    -z
    --batch-command[=<format>]
    --batch-all-objects

Change or optimize batch output
    --buffer
    --follow-symlinks
    --unordered

Emit object (blob or tree) with conversion or filter (stand-alone, or with batch)
    --textconv
    --filters
    --path blob|tree

`,
  'check-ignore': `usage: git check-ignore [<options>] <pathname>...
   or: git check-ignore [<options>] --stdin

    -q, --quiet
    -v, --verbose

    --stdin
    -z
    -n, --non-matching
    --no-index

`,
  cherry: `usage: git cherry [-v] [<upstream> [<head> [<limit>]]]

    --abbrev[=<n>]
    -v, --verbose

`,
  'count-objects': `usage: git count-objects [-v] [-H | --human-readable]

    -v, --verbose
    -H, --human-readable

`,
  describe: `usage: git describe [--all] [--tags] [--contains] [--abbrev=<n>] [<commit-ish>...]
   or: git describe [--all] [--tags] [--contains] [--abbrev=<n>] --dirty[=<mark>]
   or: git describe <blob>

    --contains
    --debug
    --all
    --tags
    --long
    --first-parent
    --abbrev[=<n>]
    --exact-match
    --candidates <n>
    --match <pattern>
    --exclude <pattern>
    --always
    --dirty[=<mark>]
    --broken[=<mark>]

`,
  diff: `usage: git diff [<options>] [<commit>] [--] [<path>...]
   or: git diff [<options>] --cached [--merge-base] [<commit>] [--] [<path>...]
   or: git diff [<options>] [--merge-base] <commit> [<commit>...] <commit> [--] [<path>...]
   or: git diff [<options>] <commit>...<commit> [--] [<path>...]
   or: git diff [<options>] <blob> <blob>
   or: git diff [<options>] --no-index [--] <path> <path>

common diff options:
  -z            output diff-raw with lines terminated with NUL.
  -p            output patch format.
  -u            synonym for -p.
  --patch-with-raw
                output both a patch and the diff-raw format.
  --stat        show diffstat instead of patch.
  --numstat     show numeric diffstat instead of patch.
  --patch-with-stat
                output a patch and prepend its diffstat.
  --name-only   show only names of changed files.
  --name-status show names and status of changed files.
  --full-index  show full object name on index lines.
  --abbrev=<n>  abbreviate object names in diff-tree header and diff-raw.
  -R            swap input file pairs.
  -B            detect complete rewrites.
  -M            detect renames.
  -C            detect copies.
  --find-copies-harder
                try unchanged files as candidate for copy detection.
  -l<n>         limit rename attempts up to <n> paths.
  -O<file>      reorder diffs according to the <file>.
  -S<string>    find filepair whose only one side contains the string.
  --pickaxe-all
                show all files diff when -S is used and hit is found.
  -a  --text    treat all files as text.

`,
  'for-each-ref': `usage: git for-each-ref [<options>] [<pattern>]
   or: git for-each-ref [--points-at <object>]
   or: git for-each-ref [--merged [<commit>]] [--no-merged [<commit>]]
   or: git for-each-ref [--contains [<commit>]] [--no-contains [<commit>]]

    -s, --shell
    -p, --perl
    --python
    --tcl

    --count <n>
    --format <format>
    --color[=<when>]
    --sort <key>
    --points-at <object>
    --merged <commit>
    --no-merged <commit>
    --contains <commit>
    --no-contains <commit>
    --ignore-case

`,
  'format-patch': `usage: git format-patch [<options>] [<since> | <revision-range>]

    -n, --numbered
    -N, --no-numbered
    -s, --signoff
    --stdout
    --cover-letter
    --numbered-files
    --suffix <sfx>
    --start-number <n>
    -v, --reroll-count <reroll-count>
    --filename-max-length <n>
    --rfc
    --cover-from-description <cover-from-description-mode>
    --subject-prefix <prefix>
    -o, --output-directory <dir>
    -k, --keep-subject
    --no-binary
    --zero-commit
    --ignore-if-in-upstream
    -p, --no-stat

Messaging
    --add-header <header>
    --to <email>
    --cc <email>
    --from[=<ident>]
    --in-reply-to <message-id>
    --attach[=<boundary>]
    --inline[=<boundary>]
    --thread[=<style>]
    --signature <signature>
    --base <base-commit>
    --signature-file <file>
    -q, --quiet
    --progress
    --interdiff <rev>
    --range-diff <refspec>
    --creation-factor <n>
    --force-in-body-from

`,
  fsck: `usage: git fsck [--tags] [--root] [--unreachable] [--cache] [--no-reflogs]
                [--[no-]full] [--strict] [--verbose] [--lost-found]
                [--[no-]dangling] [--[no-]progress] [--connectivity-only]
                [--[no-]name-objects] [<object>...]

    -v, --verbose
    --unreachable
    --dangling
    --tags
    --root
    --cache
    --reflogs
    --full
    --connectivity-only
    --strict
    --lost-found
    --progress
    --name-objects

`,
  gc: `usage: git gc [<options>]

    -q, --quiet
    --prune[=<date>]
    --cruft
    --aggressive
    --auto
    --force
    --keep-largest-pack

`,
  grep: `usage: git grep [<options>] [-e] <pattern> [<rev>...] [[--] <path>...]

    --cached
    --no-index
    --untracked
    --exclude-standard
    --recurse-submodules

    -v, --invert-match
    -i, --ignore-case
    -w, --word-regexp
    -a, --text
    -I
    --textconv
    -r, --recursive
    --max-depth <depth>

    -E, --extended-regexp
    -G, --basic-regexp
    -F, --fixed-strings
    -P, --perl-regexp

    -n, --line-number
    --column
    -h
    -H
    --full-name
    -l, --files-with-matches
    --name-only
    -L, --files-without-match
    -z, --null
    -o, --only-matching
    -c, --count
    --color[=<when>]
    --break
    --heading

    -C, --context <n>
    -B, --before-context <n>
    -A, --after-context <n>
    --threads <n>
    -NUM
    -p, --show-function
    -W, --function-context

    -f <file>
    -e <pattern>
    --and
    --or
    --not
    (                     
    )                     
    -q, --quiet
    --all-match

    -O, --open-files-in-pager[=<pager>]
    --ext-grep
    -m, --max-count <n>

`,
  'hash-object': `usage: git hash-object [-t <type>] [-w] [--path=<file> | --no-filters]
   or: git hash-object [-t <type>] [-w] --stdin-paths [--no-filters]

    -t <type>
    -w
    --stdin
    --stdin-paths
    --no-filters
    --literally
    --path <file>

`,
  'check-mailmap': `usage: git check-mailmap [<options>] <contact>...

    --stdin

`,
  'verify-tag': `usage: git verify-tag [-v | --verbose] [--format=<format>] [--raw] <tag>...

    -v, --verbose
    --raw
    --format <format>

`,
  'merge-tree': `usage: git merge-tree [--write-tree] [<options>] <branch1> <branch2>
   or: git merge-tree [--trivial-merge] <base-tree> <branch1> <branch2>

    --write-tree
    --trivial-merge
    --messages
    -z
    --name-only
    --allow-unrelated-histories
    --stdin

`,
  'interpret-trailers': `usage: git interpret-trailers [--in-place] [--trim-empty]
                              [(--trailer <token>[(=|:)<value>])...]
                              [--parse] [<file>...]

    --in-place
    --trim-empty
    --where <action>
    --if-exists <action>
    --if-missing <action>
    --only-trailers
    --only-input
    --unfold
    --parse
    --no-divider
    --trailer <trailer>

`,
  log: `usage: git log [<options>] [<revision-range>] [[--] <path>...]
   or: git show [<options>] <object>...

    -q, --quiet
    --source
    --use-mailmap
    --mailmap
    --clear-decorations
    --decorate-refs <pattern>
    --decorate-refs-exclude <pattern>
    --decorate[=...]
    -L <range:file>

`,
  'ls-files': `usage: git ls-files [<options>] [<file>...]

    -z
    -t
    -v
    -f
    -c, --cached
    -d, --deleted
    -m, --modified
    -o, --others
    -i, --ignored
    -s, --stage
    -k, --killed
    --directory
    --eol
    --empty-directory
    -u, --unmerged
    --resolve-undo
    -x, --exclude <pattern>
    -X, --exclude-from <file>
    --exclude-per-directory <file>
    --exclude-standard
    --full-name
    --recurse-submodules
    --error-unmatch
    --with-tree <tree-ish>
    --abbrev[=<n>]
    --debug
    --deduplicate
    --sparse
    --format <format>

`,
  'ls-tree': `usage: git ls-tree [<options>] <tree-ish> [<path>...]

    -d
    -r
    -t
    -z
    -l, --long
    --name-only
    --name-status
    --object-only
    --full-name
    --full-tree
    --format <format>
    --abbrev[=<n>]

`,
  'merge-base': `usage: git merge-base [-a | --all] <commit> <commit>...
   or: git merge-base [-a | --all] --octopus <commit>...
   or: git merge-base --is-ancestor <commit> <commit>
   or: git merge-base --independent <commit>...
   or: git merge-base --fork-point <ref> [<commit>]

    -a, --all
    --octopus
    --independent
    --is-ancestor
    --fork-point

`,
  'name-rev': `usage: git name-rev [<options>] <commit>...
   or: git name-rev [<options>] --all
   or: git name-rev [<options>] --annotate-stdin

    --name-only
    --tags
    --refs <pattern>
    --exclude <pattern>

    --all
    --stdin
    --annotate-stdin
    --undefined
    --always

`,
  notes: `usage: git notes [--ref <notes-ref>] [list [<object>]]
   or: git notes [--ref <notes-ref>] add [-f] [--allow-empty] [-m <msg> | -F <file> | (-c | -C) <object>] [<object>]
   or: git notes [--ref <notes-ref>] copy [-f] <from-object> <to-object>
   or: git notes [--ref <notes-ref>] append [--allow-empty] [-m <msg> | -F <file> | (-c | -C) <object>] [<object>]
   or: git notes [--ref <notes-ref>] edit [--allow-empty] [<object>]
   or: git notes [--ref <notes-ref>] show [<object>]
   or: git notes [--ref <notes-ref>] merge [-v | -q] [-s <strategy>] <notes-ref>
   or: git notes merge --commit [-v | -q]
   or: git notes merge --abort [-v | -q]
   or: git notes [--ref <notes-ref>] remove [<object>...]
   or: git notes [--ref <notes-ref>] prune [-n] [-v]
   or: git notes [--ref <notes-ref>] get-ref

    --ref <notes-ref>

`,
  reflog: `usage: git reflog [show] [<log-options>] [<ref>]
   or: git reflog expire [--expire=<time>] [--expire-unreachable=<time>]
   or: git reflog delete [--rewrite] [--updateref]
   or: git reflog exists <ref>

`,
  'rev-list': `usage: git rev-list [<options>] <commit>... [--] [<path>...]

  limiting output:
    --max-count=<n>
    --max-age=<epoch>
    --min-age=<epoch>
    --sparse
    --no-merges
    --min-parents=<n>
    --no-min-parents
    --max-parents=<n>
    --no-max-parents
    --remove-empty
    --all
    --branches
    --tags
    --remotes
    --stdin
    --exclude-hidden=[receive|uploadpack]
    --quiet
  ordering output:
    --topo-order
    --date-order
    --reverse
  formatting output:
    --parents
    --children
    --objects | --objects-edge
    --disk-usage[=human]
    --unpacked
    --header | --pretty
    --[no-]object-names
    --abbrev=<n> | --no-abbrev
    --abbrev-commit
    --left-right
    --count
  special purpose:
    --bisect
    --bisect-vars
    --bisect-all
`,
  'rev-parse': `usage: git rev-parse --parseopt [<options>] -- [<args>...]
   or: git rev-parse --sq-quote [<arg>...]
   or: git rev-parse [<options>] [<arg>...]

Run "git rev-parse --parseopt -h" for more information on the first usage.
`,
  shortlog: `usage: git shortlog [<options>] [<revision-range>] [[--] <path>...]
   or: git log --pretty=short | git shortlog [<options>]

    -c, --committer
    -n, --numbered
    -s, --summary
    -e, --email
    -w[<w>[,<i1>[,<i2>]]]
    --group <field>

`,
  show: `usage: git log [<options>] [<revision-range>] [[--] <path>...]
   or: git show [<options>] <object>...

    -q, --quiet
    --source
    --use-mailmap
    --mailmap
    --clear-decorations
    --decorate-refs <pattern>
    --decorate-refs-exclude <pattern>
    --decorate[=...]
    -L <range:file>

`,
  'show-ref': `usage: git show-ref [-q | --quiet] [--verify] [--head] [-d | --dereference]
   or: git show-ref --exclude-existing[=<pattern>]

    --tags
    --heads
    --verify
    --head
    -d, --dereference
    -s, --hash[=<n>]
    --abbrev[=<n>]
    -q, --quiet
    --exclude-existing[=<pattern>]

`,
  status: `usage: git status [<options>] [--] [<pathspec>...]

    -v, --verbose
    -s, --short
    -b, --branch
    --show-stash
    --ahead-behind
    --porcelain[=<version>]
    --long
    -z, --null
    -u, --untracked-files[=<mode>]
    --ignored[=<mode>]
    --ignore-submodules[=<when>]
    --column[=<style>]
    --no-renames
    -M, --find-renames[=<n>]

`,
  'symbolic-ref': `usage: git symbolic-ref [-m <reason>] <name> <ref>
   or: git symbolic-ref [-q] [--short] [--no-recurse] <name>
   or: git symbolic-ref --delete [-q] <name>

    -q, --quiet
    -d, --delete
    --short
    --recurse
    -m <reason>

`,
  'update-ref': `usage: git update-ref [<options>] -d <refname> [<old-val>]
   or: git update-ref [<options>]    <refname> <new-val> [<old-val>]
   or: git update-ref [<options>] --stdin [-z]

    -m <reason>
    -d
    --no-deref
    -z
    --stdin
    --create-reflog

`,
  'diff --no-index': `usage: git diff --no-index [<options>] <path> <path>

Diff output format options
    -p, --patch
    -s, --no-patch
    -u
    -U, --unified[=<n>]
    -W, --function-context
    --raw
    --patch-with-raw
    --patch-with-stat
    --numstat
    --shortstat
    -X, --dirstat[=<param1,param2>...]
    --cumulative
    --dirstat-by-file[=<param1,param2>...]
    --check
    --summary
    --name-only
    --name-status
    --stat[=<width>[,<name-width>[,<count>]]]
    --stat-width <width>
    --stat-name-width <width>
    --stat-graph-width <width>
    --stat-count <count>
    --compact-summary
    --binary
    --full-index
    --color[=<when>]
    --ws-error-highlight <kind>
    -z
    --abbrev[=<n>]
    --src-prefix <prefix>
    --dst-prefix <prefix>
    --line-prefix <prefix>
    --no-prefix
    --inter-hunk-context <n>
    --output-indicator-new <char>
    --output-indicator-old <char>
    --output-indicator-context <char>

Diff rename options
    -B, --break-rewrites[=<n>[/<m>]]
    -M, --find-renames[=<n>]
    -D, --irreversible-delete
    -C, --find-copies[=<n>]
    --find-copies-harder
    --no-renames
    --rename-empty
    --follow
    -l <n>

Diff algorithm options
    --minimal
    -w, --ignore-all-space
    -b, --ignore-space-change
    --ignore-space-at-eol
    --ignore-cr-at-eol
    --ignore-blank-lines
    -I, --ignore-matching-lines <regex>
    --indent-heuristic
    --patience
    --histogram
    --diff-algorithm <algorithm>
    --anchored <text>
    --word-diff[=<mode>]
    --word-diff-regex <regex>
    --color-words[=<regex>]
    --color-moved[=<mode>]
    --color-moved-ws <mode>

Other diff options
    --relative[=<prefix>]
    -a, --text
    -R
    --exit-code
    --quiet
    --ext-diff
    --textconv
    --ignore-submodules[=<when>]
    --submodule[=<format>]
    --ita-invisible-in-index
    --ita-visible-in-index
    -S <string>
    -G <regex>
    --pickaxe-all
    --pickaxe-regex
    -O <file>
    --rotate-to <path>
    --skip-to <path>
    --find-object <object-id>
    --diff-filter [(A|C|D|M|R|T|U|X|B)...[*]]
    --output <file>

`,
};
