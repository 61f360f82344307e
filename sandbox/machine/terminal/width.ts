/** Columns that text takes in a terminal: 2 for wide characters, 0 for those that join the one before. ANSI sequences take none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of withoutAnsi(text)) width += widthOfCharacter(character);
  return width;
}

// Unicode's East Asian Width (W and F) and emoji presentation, in the blocks that people meet.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

function widthOfCharacter(character: string): number {
  if (/\p{Mark}|\u200d|[\ufe00-\ufe0f]/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

function withoutAnsi(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins every ANSI sequence
  return text.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
}
