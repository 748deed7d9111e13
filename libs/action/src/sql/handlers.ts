/** Every kind of node of PostgreSQL's grammar and what is done with it: a new kind does not compile until it has a row here. */
import type { AllHandlers } from './context.ts';
import { DATA } from './data.ts';
import { EXPRESSIONS } from './expressions.ts';
import { ACCESS } from './statements/access.ts';
import { CODE } from './statements/code.ts';
import { MOVEMENT } from './statements/movement.ts';
import { OPERATION } from './statements/operation.ts';
import { REMOVAL } from './statements/removal.ts';
import { STRUCTURE } from './statements/structure.ts';
import { UNMET } from './unmet.ts';

export const HANDLERS: AllHandlers = {
  ...EXPRESSIONS,
  ...DATA,
  ...ACCESS,
  ...CODE,
  ...MOVEMENT,
  ...OPERATION,
  ...REMOVAL,
  ...STRUCTURE,
  ...UNMET,
};
