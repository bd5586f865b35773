/** Does the work on every item, on at most so many at a time, in their order; none is begun once it is enough. */
export async function abreast<T>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
  enough: () => boolean = () => false,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    while (waiting.length > 0 && !enough()) await work(waiting.shift() as T);
  };
  await Promise.all(Array.from({ length: most }, worker));
}
