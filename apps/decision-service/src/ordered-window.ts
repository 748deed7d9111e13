/** Runs work of a stream side by side and gives the results in the order asked, each as soon as those before it are out. */

/**
 * `start` is called for each item at once, while fewer than `width` results are waiting to be taken; then the source is not read
 * on, which is the stream's own back-pressure. An error of source or work ends it.
 */
export async function* inOrder<In, Out>(
  source: AsyncIterable<In>,
  width: number,
  start: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const window: Promise<Out>[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wakeTaker: (() => void) | undefined;
  let wakePump: (() => void) | undefined;

  async function pump(): Promise<void> {
    try {
      for await (const item of source) {
        const result = start(item);
        // Its error is thrown where it is taken; until then it must not count as unhandled.
        result.catch(() => undefined);
        window.push(result);
        wakeTaker?.();
        while (window.length >= width && !ended) await new Promise<void>((resolve) => (wakePump = resolve));
        if (ended) return;
      }
    } catch (error) {
      failure = { error };
    } finally {
      ended = true;
      wakeTaker?.();
    }
  }

  void pump();
  try {
    for (;;) {
      const next = window[0];
      if (next !== undefined) {
        const result = await next;
        void window.shift();
        wakePump?.();
        yield result;
      } else if (ended) {
        if (failure) throw failure.error;
        return;
      } else {
        await new Promise<void>((resolve) => (wakeTaker = resolve));
      }
    }
  } finally {
    // The taker left early: the pump must not wait for room that nobody makes.
    ended = true;
    wakePump?.();
  }
}
