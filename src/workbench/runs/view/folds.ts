import type { Room } from '../room.ts';

/** Remembers that a person folded or unfolded something; what the drawing itself unfolded is no news. */
export function foldsBy(room: Room, key: string, drawn: boolean): (event: Event) => void {
  return (event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== drawn) room.setOpen(key, open);
  };
}
