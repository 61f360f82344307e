/** git-check-ref-format(1), for what stands behind `refs/heads/` or `refs/tags/`. */
export function isRefName(name: string): boolean {
  if (['@', 'HEAD', ''].includes(name)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among those that are refused
  return !/[\x00-\x20~^:?*[\\\x7f]|\.\.|@\{|\/\/|^[/.-]|[/.]$|\.lock(\/|$)|\/\./.test(name);
}
