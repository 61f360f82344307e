// `select`: the steps of a loop over a menu. The parser (`language-patch.ts`) turns the loop into a `while` of these steps.
import type { ScriptResult, State } from './just-bash.ts';

/** `select -begin ID WORDS`, `-menu ID`, `-choose ID NAME`, `-eof ID`, `-end ID`: nobody can type them. */
export function selectStep(state: State, [step, id = '', ...rest]: readonly string[]): ScriptResult {
  state.menus ??= new Map();
  if (step === '-begin') {
    state.menus.set(id, { words: rest, isShown: false, isOver: false });
    return told('', '', 0);
  }
  const menu = state.menus.get(id);
  if (menu === undefined) return told('', '', 1);
  if (step === '-menu') {
    if (menu.words.length === 0) return told('', '', 1);
    const columns = Number(state.env.get('COLUMNS') ?? 80);
    const shown = menu.isShown ? '' : menuText(menu.words, columns);
    menu.isShown = true;
    return told('', `${shown}${state.env.get('PS3') ?? '#? '}`, 0);
  }
  if (step === '-choose') {
    const reply = state.env.get('REPLY') ?? '';
    // An empty answer asks for the menu again.
    menu.isShown = reply !== '';
    const index = /^ *\d+ *$/.test(reply) ? Number(reply) : 0;
    if (reply !== '') state.env.set(rest[0] ?? '', menu.words[index - 1] ?? '');
    return told('', '', reply === '' ? 1 : 0);
  }
  if (step === '-eof') {
    menu.isOver = true;
    return told('\n', '', 1);
  }
  state.menus.delete(id);
  return told('', '', menu.isOver ? 1 : state.lastExitCode);
}

function told(stdout: string, stderr: string, exitCode: number): ScriptResult {
  return { stdout, stderr, exitCode };
}

const TAB = 8;

/** The words in columns with their numbers, as bash's print_select_list sets them: down the columns, filled with tabs. */
function menuText(words: readonly string[], width: number): string {
  const digits = String(words.length).length;
  const room = Math.max(...words.map((word) => word.length)) + digits + 4;
  const wanted = Math.max(1, Math.floor(width / room));
  let rows = Math.ceil(words.length / wanted);
  if (rows === 1) rows = words.length;
  const firstDigits = String(rows).length;
  let text = '';
  for (let row = 0; row < rows; row++) {
    let column = 0;
    for (let index = row; index < words.length; index += rows) {
      const cell = `${String(index + 1).padStart(column === 0 ? firstDigits : digits)}) ${words[index]}`;
      text += cell;
      if (index + rows < words.length) text += gap(column + cell.length, column + room);
      column += room;
    }
    text += '\n';
  }
  return text;
}

/** Tabs and spaces from one column to another. */
function gap(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; ) {
    const isTab = Math.floor(to / TAB) > Math.floor(at / TAB);
    text += isTab ? '\t' : ' ';
    at += isTab ? TAB - (at % TAB) : 1;
  }
  return text;
}
