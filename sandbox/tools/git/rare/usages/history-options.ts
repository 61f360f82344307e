// Options of `git log`, `git diff` and their like (Documentation/rev-list-options.txt, diff-options.txt, pretty-options.txt), by name.
export const historyOptions: readonly string[] = (
  'abbrev abbrev-commit abbrev-parents after all all-match ancestry-path anchored author author-date-order ' +
  'basic-regexp before binary bisect bisect-all bisect-vars boundary branches break-rewrites c cached cc check cherry cherry-mark ' +
  'cherry-pick children clear-decorations color color-moved color-moved-ws color-words combined-all-paths committer compact-summary ' +
  'count cumulative cut date date-order decorate decorate-refs decorate-refs-exclude dd default dense diff-algorithm diff-filter diff-merges ' +
  'dirstat dirstat-by-file disk-usage do-walk dst-prefix encoding exclude exclude-first-parent-only exclude-hidden exit-code ' +
  'expand-tabs ext-diff extended-regexp filter filter-print-omitted filter-provided-objects find-copies find-copies-harder ' +
  'find-object find-renames first-parent fixed-strings follow format full-diff full-history full-index function-context glob ' +
  'graph grep grep-reflog header histogram ignore-all-space ignore-blank-lines ignore-case ignore-cr-at-eol ' +
  'ignore-matching-lines ignore-missing ignore-space-at-eol ignore-space-change ignore-submodules in-commit-order indent-heuristic ' +
  'indexed-objects inter-hunk-context invert-grep irreversible-delete ita-invisible-in-index ita-visible-in-index left-only left-right ' +
  'line-prefix log-size mailmap max-age max-count max-parents merge merge-base merges min-age min-parents minimal missing name-only ' +
  'name-status not notes no-index numstat object-names objects objects-edge oneline ours output output-indicator-context ' +
  'output-indicator-new output-indicator-old parents patch patch-with-raw patch-with-stat patience perl-regexp pickaxe-all ' +
  'pickaxe-regex prefix pretty progress quiet raw reflog regexp-ignore-case relative relative-date remerge-diff remotes ' +
  'rename-empty renames reverse right-only root rotate-to shortstat show-linear-break show-notes show-notes-by-default ' +
  'show-pulls show-signature simplify-by-decoration simplify-merges since since-as-filter single-worktree skip skip-to source sparse ' +
  'split-index src-prefix staged standard-notes stat stat-count stat-graph-width stat-name-width stat-width stdin submodule ' +
  'summary tags text textconv theirs timestamp topo-order tree-in-name unified unpacked until unsorted use-bitmap-index ' +
  'use-mailmap walk-reflogs word-diff word-diff-regex ws-error-highlight ' +
  // Of `format-patch` alone.
  'add-header attach base cc cover-from-description cover-letter creation-factor filename-max-length force-in-body-from from ' +
  'ignore-if-in-upstream in-reply-to inline interdiff keep-subject no-attach no-binary numbered numbered-files output-directory range-diff ' +
  'reroll-count rfc signature signature-file signoff start-number stdout subject-prefix suffix thread to zero-commit'
).split(' ');
