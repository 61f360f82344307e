/** A step of an experiment that checks share (`Desk.once`): taken when one of them asks for it, and once. */
export function onDemand<T>(take: () => Promise<T>): () => Promise<T> {
  let taken: Promise<T> | undefined;
  return () => {
    taken ??= take();
    return taken;
  };
}
