import { expect, it } from 'vitest';
import { survive } from './survive.ts';

const KILLS = 25;
const LIMIT_MS = 300_000;

it(
  `loses nothing and does nothing twice over ${KILLS} kills`,
  async () => {
    const result = await survive({ kills: KILLS, random: Math.random, report: () => undefined });
    expect(result.faults).toEqual([]);
    expect(result.kills).toBe(KILLS);
    expect(result.acknowledged).toBeGreaterThan(KILLS * 10);
    expect(result.approvalsDecided).toBeGreaterThan(5);
  },
  LIMIT_MS,
);
