// What was typed into the editor and what the desk holds, kept in step. Pure.

/** One open text: what is seen, and what the desk is known to hold. */
export interface OpenText {
  readonly text: string;
  readonly known: string;
  /** Sent to the desk, and not yet seen to have come back from it; oldest first. */
  readonly sent: readonly string[];
}

export function openText(text: string): OpenText {
  return { text, known: text, sent: [] };
}

/** Somebody typed. */
export function typed(open: OpenText, text: string): OpenText {
  return { ...open, text };
}

/** The text as it is now goes to the desk. */
export function sending(open: OpenText): OpenText {
  return { ...open, sent: [...open.sent, open.text] };
}

/** Whether there is something that the desk has not been given. */
export function isUnsent(open: OpenText): boolean {
  return open.text !== (open.sent.at(-1) ?? open.known);
}

/**
 * The desk holds `content` now. Our own writing coming back changes nothing that is seen, however much was typed since;
 * a writing of anybody else is the last one, and is what is seen from now on (`replaced`).
 */
export function heard(open: OpenText, content: string): { readonly open: OpenText; readonly replaced: boolean } {
  if (content === open.known && open.sent.length === 0) return { open, replaced: false };
  const ours = open.sent.lastIndexOf(content);
  if (ours >= 0) return { open: { ...open, known: content, sent: open.sent.slice(ours + 1) }, replaced: false };
  if (content === open.known) return { open, replaced: false };
  return { open: { text: content, known: content, sent: [] }, replaced: content !== open.text };
}
