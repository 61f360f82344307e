// Names of options as `git COMMAND -h` lists them (git 2.39), without its words for them, of commands for settings and for work with others.
export const sharing: Readonly<Record<string, string>> = {
  clone: `usage: git clone [<options>] [--] <repo> [<dir>]

    -v, --verbose
    -q, --quiet
    --progress
    --reject-shallow
    -n, --no-checkout
    --bare
    --mirror
    -l, --local
    --no-hardlinks
    -s, --shared
    --recurse-submodules[=<pathspec>]
    --recursive ...
    -j, --jobs <n>
    --template <template-directory>
    --reference <repo>
    --reference-if-able <repo>
    --dissociate
    -o, --origin <name>
    -b, --branch <branch>
    -u, --upload-pack <path>
    --depth <depth>
    --shallow-since <time>
    --shallow-exclude <revision>
    --single-branch
    --no-tags
    --shallow-submodules
    --separate-git-dir <gitdir>
    -c, --config <key=value>
    --server-option <server-specific>
    -4, --ipv4
    -6, --ipv6
    --filter <args>
    --also-filter-submodules
    --remote-submodules
    --sparse
    --bundle-uri <uri>

`,
  config: `usage: git config [<options>]

Config file location
    --global
    --system
    --local
    --worktree
    -f, --file <file>
    --blob <blob-id>

Action
    --get
    --get-all
    --get-regexp
    --get-urlmatch
    --replace-all
    --add
    --unset
    --unset-all
    --rename-section
    --remove-section
    -l, --list
    --fixed-value
    -e, --edit
    --get-color
    --get-colorbool

Type
    -t, --type <type>
    --bool
    --int
    --bool-or-int
    --bool-or-str
    --path
    --expiry-date

Other
    -z, --null
    --name-only
    --includes
    --show-origin
    --show-scope
    --default <value>

`,
  fetch: `usage: git fetch [<options>] [<repository> [<refspec>...]]
   or: git fetch [<options>] <group>
   or: git fetch --multiple [<options>] [(<repository> | <group>)...]
   or: git fetch --all [<options>]

    -v, --verbose
    -q, --quiet
    --all
    --set-upstream
    -a, --append
    --atomic
    --upload-pack <path>
    -f, --force
    -m, --multiple
    -t, --tags
    -n
    -j, --jobs <n>
    --prefetch
    -p, --prune
    -P, --prune-tags
    --recurse-submodules[=<on-demand>]
    --dry-run
    --write-fetch-head
    -k, --keep
    -u, --update-head-ok
    --progress
    --depth <depth>
    --shallow-since <time>
    --shallow-exclude <revision>
    --deepen <n>
    --unshallow
    --refetch
    --update-shallow
    --refmap <refmap>
    -o, --server-option <server-specific>
    -4, --ipv4
    -6, --ipv6
    --negotiation-tip <revision>
    --negotiate-only
    --filter <args>
    --auto-maintenance
    --auto-gc
    --show-forced-updates
    --write-commit-graph
    --stdin

`,
  'ls-remote': `usage: git ls-remote [--heads] [--tags] [--refs] [--upload-pack=<exec>]

    -q, --quiet
    --upload-pack <exec>
    -t, --tags
    -h, --heads
    --refs
    --get-url
    --sort <key>
    --exit-code
    --symref
    -o, --server-option <server-specific>

`,
  pull: `usage: git pull [<options>] [<repository> [<refspec>...]]

    -v, --verbose
    -q, --quiet
    --progress
    --recurse-submodules[=<on-demand>]

Options related to merging
    -r, --rebase[=(false|true|merges|interactive)]
    -n
    --stat
    --log[=<n>]
    --signoff[=...]
    --squash
    --commit
    --edit
    --cleanup <mode>
    --ff
    --ff-only
    --verify
    --verify-signatures
    --autostash
    -s, --strategy <strategy>
    -X, --strategy-option <option=value>
    -S, --gpg-sign[=<key-id>]
    --allow-unrelated-histories

Options related to fetching
    --all
    -a, --append
    --upload-pack <path>
    -f, --force
    -t, --tags
    -p, --prune
    -j, --jobs[=<n>]
    --dry-run
    -k, --keep
    --depth <depth>
    --shallow-since <time>
    --shallow-exclude <revision>
    --deepen <n>
    --unshallow
    --update-shallow
    --refmap <refmap>
    -o, --server-option <server-specific>
    -4, --ipv4
    -6, --ipv6
    --negotiation-tip <revision>
    --show-forced-updates
    --set-upstream

`,
  push: `usage: git push [<options>] [<repository> [<refspec>...]]

    -v, --verbose
    -q, --quiet
    --repo <repository>
    --all
    --mirror
    -d, --delete
    --tags
    -n, --dry-run
    --porcelain
    -f, --force
    --force-with-lease[=<refname>:<expect>]
    --force-if-includes
    --recurse-submodules (check|on-demand|no)
    --thin
    --receive-pack <receive-pack>
    --exec <receive-pack>
    -u, --set-upstream
    --progress
    --prune
    --no-verify
    --follow-tags
    --signed[=(yes|no|if-asked)]
    --atomic
    -o, --push-option <server-specific>
    -4, --ipv4
    -6, --ipv6

`,
  remote: `usage: git remote [-v | --verbose]
   or: git remote add [-t <branch>] [-m <master>] [-f] [--tags | --no-tags] [--mirror=<fetch|push>] <name> <url>
   or: git remote rename [--[no-]progress] <old> <new>
   or: git remote remove <name>
   or: git remote set-head <name> (-a | --auto | -d | --delete | <branch>)
   or: git remote [-v | --verbose] show [-n] <name>
   or: git remote prune [-n | --dry-run] <name>
   or: git remote [-v | --verbose] update [-p | --prune] [(<group> | <remote>)...]
   or: git remote set-branches [--add] <name> <branch>...
   or: git remote get-url [--push] [--all] <name>
   or: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    -v, --verbose

`,
  'remote add': `usage: git remote add [<options>] <name> <url>

    -f, --fetch
    --tags
    -t, --track <branch>
    -m, --master <branch>
    --mirror[=(push|fetch)]

`,
  'remote get-url': `usage: git remote get-url [--push] [--all] <name>

    --push
    --all

`,
  'remote prune': `usage: git remote prune [<options>] <name>

    -n, --dry-run

`,
  'remote remove': `usage: git remote remove <name>

`,
  'remote rename': `usage: git remote rename [--[no-]progress] <old> <new>

    --progress

`,
  'remote set-branches': `usage: git remote set-branches <name> <branch>...
   or: git remote set-branches --add <name> <branch>...

    --add

`,
  'remote set-head': `usage: git remote set-head <name> (-a | --auto | -d | --delete | <branch>)

    -a, --auto
    -d, --delete

`,
  'remote set-url': `usage: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    --push
    --add
    --delete

`,
  'remote show': `usage: git remote show [<options>] <name>

    -n

`,
  'remote update': `usage: git remote update [<options>] [<group> | <remote>]...

    -p, --prune

`,
};
