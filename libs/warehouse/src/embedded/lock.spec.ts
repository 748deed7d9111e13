/** Waiting in line: who runs beside whom, and who is turned away. */
import { describe, expect, it } from 'vitest';
import { SharedLock, Slots } from './lock.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Work that notes its start and ends when told to. */
function work(name: string, seen: string[]) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    end: () => end(),
    run: async () => {
      seen.push(name);
      await ended;
    },
  };
}

describe('SharedLock', () => {
  it('lets shared work run together and exclusive work alone, in the order of asking', async () => {
    const seen: string[] = [];
    const lock = new SharedLock();
    const [one, two, alone, three] = ['one', 'two', 'alone', 'three'].map((name) => work(name, seen));
    const done = [lock.shared(one!.run), lock.shared(two!.run), lock.exclusive(alone!.run), lock.shared(three!.run)];
    await settle();
    expect(seen).toEqual(['one', 'two']);
    one!.end();
    await settle();
    expect(seen).toEqual(['one', 'two']);
    two!.end();
    await settle();
    expect(seen).toEqual(['one', 'two', 'alone']);
    alone!.end();
    await settle();
    expect(seen).toEqual(['one', 'two', 'alone', 'three']);
    three!.end();
    await Promise.all(done);
  });

  it('goes on after work that threw', async () => {
    const lock = new SharedLock();
    await expect(lock.exclusive(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(lock.shared(() => Promise.resolve(1))).resolves.toBe(1);
  });
});

describe('Slots', () => {
  it('runs some, lets some wait and refuses one more', async () => {
    const seen: string[] = [];
    const slots = new Slots(1, 1, () => new Error('full'));
    const [running, waiting] = ['running', 'waiting'].map((name) => work(name, seen));
    const done = [slots.run(undefined, running!.run), slots.run(undefined, waiting!.run)];
    await expect(slots.run(undefined, () => Promise.resolve())).rejects.toThrow('full');
    expect(seen).toEqual(['running']);
    running!.end();
    await settle();
    expect(seen).toEqual(['running', 'waiting']);
    waiting!.end();
    await Promise.all(done);
    await expect(slots.run(undefined, () => Promise.resolve('free'))).resolves.toBe('free');
  });

  it('takes a caller that has gone out of the queue', async () => {
    const seen: string[] = [];
    const slots = new Slots(1, 1, () => new Error('full'));
    const running = work('running', seen);
    const first = slots.run(undefined, running.run);
    const gone = new AbortController();
    const second = slots.run(gone.signal, () => Promise.resolve('never'));
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    const third = slots.run(undefined, () => Promise.resolve('next'));
    running.end();
    await first;
    await expect(third).resolves.toBe('next');
  });
});
