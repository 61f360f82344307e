// What a program and one that it forked tell each other.

/** One of the two ends. */
export interface Channel {
  send(text: string): void;
  /** Ends it for both. */
  close(): void;
  /** Hears each text, from the first on, and an empty one when the channel has ended. */
  hear(tell: (text: string) => void): void;
}

interface Side {
  /** What nobody has heard yet. */
  readonly held: string[];
  tell?: (text: string) => void;
}

export function createChannel(): readonly [Channel, Channel] {
  let isOpen = true;
  const sides: readonly [Side, Side] = [{ held: [] }, { held: [] }];
  const give = (side: Side, text: string): void => {
    if (side.tell === undefined) side.held.push(text);
    else side.tell(text);
  };
  const endOf = (own: Side, other: Side): Channel => ({
    send(text) {
      if (isOpen) give(other, text);
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      for (const side of sides) give(side, '');
    },
    hear(tell) {
      own.tell = tell;
      for (const text of own.held.splice(0)) tell(text);
    },
  });
  return [endOf(sides[0], sides[1]), endOf(sides[1], sides[0])];
}
