/** Text with `code` in backticks, cut into its pieces in order. */
export function pieces(text: string): readonly { readonly code: boolean; readonly text: string }[] {
  return text
    .split('`')
    .map((piece, index) => ({ code: index % 2 === 1, text: piece }))
    .filter(({ text }) => text !== '');
}
