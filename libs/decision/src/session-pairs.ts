/** Short lists of a number and what it stands for, in one array: a counter and its count, a kind and its time. */

/** Adds to what `id` stands for; true where it was not there yet. `from` is where the pairs begin. */
export function add(pairs: number[], id: number, more: number, from = 0): boolean {
  for (let i = from; i < pairs.length; i += 2) {
    if (pairs[i] !== id) continue;
    pairs[i + 1] = (pairs[i + 1] as number) + more;
    return false;
  }
  pairs.push(id, more);
  return true;
}

/** Raises what `id` stands for, or sets it. */
export function raise(pairs: number[], id: number, to: number): void {
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] !== id) continue;
    if (to > (pairs[i + 1] as number)) pairs[i + 1] = to;
    return;
  }
  pairs.push(id, to);
}

/** What `id` stands for; 0 for nothing. */
export function valueOf(pairs: readonly number[], id: number): number {
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === id) return pairs[i + 1] as number;
  return 0;
}
