/** One tab writes; the others read. */
export interface Tabs {
  isWriter(): boolean;
  /** Becomes the writing tab, whoever was. */
  takeOver(): Promise<void>;
  /** Tells the other tabs that something was written. */
  tell(): void;
}

/**
 * @param onRole called when this tab becomes the writer or loses that. @param onTold called when another tab has written.
 * Where the browser has no Web Locks (a page that is not served over HTTPS), every tab takes itself for the writer.
 */
export async function joinTabs(name: string, onRole: () => void, onTold: () => void): Promise<Tabs> {
  const channel = openChannel(name);
  channel?.addEventListener('message', onTold);
  const tell = (): void => channel?.postMessage('written');
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (locks === undefined) return { isWriter: () => true, takeOver: async () => {}, tell };

  let writer = false;
  /** Holds the lock until another tab steals it or this one goes. */
  function hold(options: LockOptions): Promise<boolean> {
    return new Promise((decided) => {
      let held = false;
      const request = async (): Promise<unknown> =>
        locks?.request(name, options, (lock) => {
          held = lock !== null;
          writer = held;
          decided(writer);
          onRole();
          return writer ? new Promise(() => {}) : undefined;
        });
      request().catch(() => {
        // Stolen: the other tab writes now, and when it goes this one may again. Refused: as where there are no locks.
        writer = !held;
        if (held) void hold({});
        decided(writer);
        onRole();
      });
    });
  }

  if (!(await hold({ ifAvailable: true }))) void hold({});
  return {
    isWriter: () => writer,
    async takeOver() {
      if (!writer) await hold({ steal: true });
    },
    tell,
  };
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Not in this browser, or not with its storage refused: other tabs are told nothing.
    return undefined;
  }
}
