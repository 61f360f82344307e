// Files of environment variables, as `--env-file` reads them.
const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*("(?:[^"])*"|'[^']*'|`[^`]*`|[^\n#]*)?.*$/gm;

export function parseEnv(text) {
  const found = {};
  for (const [, name, given = ''] of text.replaceAll('\r\n', '\n').matchAll(line)) {
    const value = given.trim();
    const quote = /^(["'`])[\s\S]*\1$/.test(value) ? value[0] : '';
    const bare = quote === '' ? value : value.slice(1, -1);
    found[name] = quote === '"' ? bare.replaceAll('\\n', '\n') : bare;
  }
  // As in Node's own table, in the order of the names.
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}
