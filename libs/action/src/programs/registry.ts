/** Finds the table of a program by the name it is called by; the operator's own come before the shipped ones. */
import type { Catalogue } from '../catalogue.ts';
import { INFRA_PROGRAMS } from './infra/index.ts';
import type { Program } from './program.ts';
import { UNIX_PROGRAMS } from './unix/index.ts';

const SHIPPED: ReadonlyMap<string, Program> = new Map(
  [...UNIX_PROGRAMS, ...INFRA_PROGRAMS].flatMap((program) => program.names.map((name) => [name, program] as const)),
);

export function findProgram(name: string, catalogue: Catalogue): Program | undefined {
  return catalogue.programs.find((program) => program.names.includes(name)) ?? SHIPPED.get(name);
}
