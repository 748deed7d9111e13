/** Waits no longer than it should: a disk that hangs must not hang its caller. */

export async function withinTimeLimit<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from the disk within ${limitMs} ms`)), limitMs).unref();
  });
  return Promise.race([promise, timeUp]).finally(() => clearTimeout(timer));
}
