import type { AbortSignal } from './abort-signal.ts';
import type { Key } from './terminal/keys.ts';

export interface LineOptions {
  readonly prompt?: string;
  readonly isSilent?: boolean;
  /** Ends the waiting with ''. */
  readonly signal?: AbortSignal;
}

/** A person's keyboard and screen, for commands that wait for what is typed or draw whole screens. */
export interface Tty {
  readonly columns: number;
  readonly rows: number;
  /** The next keystroke, not echoed. Undefined once the command was interrupted. */
  readKey(): Promise<Key | undefined>;
  /** The next line with its newline, echoed while it is typed. Ctrl+D gives what stands there, '' at the beginning of a line. */
  readLine(options?: LineOptions): Promise<string>;
  /** Lets a person see what was drawn, for so many real ms or until Ctrl+C. Nothing that lasts depends on it. */
  rest(ms: number): Promise<void>;
  /** Straight to the screen. Lines end in `\r\n`. */
  write(text: string): void;
  /** Opens a file in the editor beside the terminal; absent where there is none. */
  readonly edit?: (path: string) => void;
}
