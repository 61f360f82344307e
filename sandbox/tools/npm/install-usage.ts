/** The options of `npm ci` and `npm install` as npm lists them, without its words for them. Source: `npm ci` of the version in version-number.ts. */
export const installUsage = `Options:
[--install-strategy <hoisted|nested|shallow|linked>] [--legacy-bundling]
[--global-style] [--omit <dev|optional|peer> [--omit <dev|optional|peer> ...]]
[--include <prod|dev|optional|peer> [--include <prod|dev|optional|peer> ...]]
[--strict-peer-deps] [--foreground-scripts] [--ignore-scripts]
[--allow-directory <all|none|root>] [--allow-file <all|none|root>]
[--allow-git <all|none|root>] [--allow-remote <all|none|root>]
[--allow-scripts <package-list> [--allow-scripts <package-list> ...]]
[--strict-allow-scripts] [--dangerously-allow-all-scripts] [--no-audit]
[--no-bin-links] [--no-fund] [--dry-run]
[-w|--workspace <workspace-name> [-w|--workspace <workspace-name> ...]]
[--workspaces] [--include-workspace-root] [--install-links]`;
