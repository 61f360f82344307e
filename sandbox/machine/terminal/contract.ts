/**
 * A terminal: keystrokes in, text with ANSI sequences out. Line editing, history, completion and the prompt are here, so that a
 * page only shows what comes out and a test can type without a browser.
 */
export interface Terminal {
  /** Bytes as xterm.js gives them (`\r` for Enter, `\x03` for Ctrl+C, `\x1b[A` for up, a whole paste at once). */
  type(data: string): void;
  /** Takes away the edited line, says when the screen is to take its new size, and draws the line anew. */
  resize(columns: number, rows: number): void;
  /** Ctrl+C to what runs in the foreground. */
  interrupt(): void;
  /** Settles when nothing is running and everything typed so far has been dealt with. */
  idle(): Promise<void>;
}
