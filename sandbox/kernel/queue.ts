/** Things that will happen, ordered by (time, order of scheduling): equal times keep the order in which they were scheduled. */
export interface EventQueue<T> {
  readonly size: number;
  push(at: number, item: T): void;
  /** The earliest entry, left in place. */
  peek(): { readonly at: number; readonly item: T } | undefined;
  pop(): { readonly at: number; readonly item: T } | undefined;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly item: T;
}

export function createQueue<T>(): EventQueue<T> {
  const heap: Entry<T>[] = [];
  let order = 0;
  const before = (a: Entry<T>, b: Entry<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

  function rise(start: number): void {
    let index = start;
    const entry = heap[index] as Entry<T>;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent] as Entry<T>)) break;
      heap[index] = heap[parent] as Entry<T>;
      index = parent;
    }
    heap[index] = entry;
  }

  function sink(): void {
    let index = 0;
    const entry = heap[0] as Entry<T>;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry<T>, heap[child] as Entry<T>)) child++;
      if (!before(heap[child] as Entry<T>, entry)) break;
      heap[index] = heap[child] as Entry<T>;
      index = child;
    }
    heap[index] = entry;
  }

  return {
    get size() {
      return heap.length;
    },
    push(at, item) {
      heap.push({ at, order: order++, item });
      rise(heap.length - 1);
    },
    peek: () => heap[0],
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (first !== undefined && last !== first) {
        heap[0] = last as Entry<T>;
        sink();
      }
      return first;
    },
  };
}
