/** A pattern of names with `*`, `?` and `[a-z]`. */
export function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll(/\[(?:!|\\\^)?|\]/g, (sign) => (sign.length > 1 ? '[^' : sign))
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
}
