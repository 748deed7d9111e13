/** `npm run soak -- --kills 300`: the survival test at length, with its figures. */
import { parseArgs } from 'node:util';
import { survive } from './survive.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' } } });
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) {
  console.error('--kills takes a whole number from 1');
  process.exit(2);
}
const result = await survive({ kills, random: Math.random, report: (line) => console.log(line) });
const { faults, ...figures } = result;
console.table(figures);
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'Nothing lost, nothing twice.' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
