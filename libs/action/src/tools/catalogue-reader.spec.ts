import { describe, expect, it } from 'vitest';
import { parseCatalogue } from './catalogue-reader.ts';

function problems(json: unknown): string[] {
  const read = parseCatalogue(json);
  return read.ok ? [] : read.error.split('\n');
}

describe('parseCatalogue', () => {
  it('takes what is right', () => {
    const read = parseCatalogue({
      functions: { '*': { 'app.close_account': [{ kind: 'delete', scope: 'one', targets: ['table:accounts'] }] } },
      tools: [
        { server: 'files', like: 'filesystem' },
        { server: '*', tool: 'get_order', effects: [{ kind: 'read' }], arguments: { id: 'text' }, schemaDigest: 'A'.repeat(64) },
      ],
      programs: [
        {
          names: ['deploy'],
          options: '-v',
          does: [{ kind: 'infra_change', on: '0', type: 'service' }],
          sub: { log: { does: [{ kind: 'read' }] } },
        },
      ],
    });
    expect(read.ok && read.value.tools).toEqual([
      { server: 'files', tool: '*', schemaDigest: '', effects: [], arguments: {}, like: 'filesystem' },
      { server: '*', tool: 'get_order', schemaDigest: 'a'.repeat(64), effects: [{ kind: 'read' }], arguments: { id: 'text' } },
    ]);
    expect(read.ok && read.value.programs.map(({ names }) => names)).toEqual([['deploy']]);
    expect(problems({})).toEqual([]);
  });

  it('names every problem by its path', () => {
    expect(problems([])).toEqual(['catalogue: is not an object']);
    expect(
      problems({
        other: 1,
        functions: { '*': { Upper: [{ kind: 'explode', scope: 'all', reversible: true, targets: ['x'] }], f: 3 }, t: 1 },
        tools: [
          { server: '', tool: 't', effects: [] },
          { server: 's', tool: '*', effects: [] },
          { server: 's', tool: 't' },
          { server: 's', like: 'nobody' },
          { server: 's', tool: 't', schemaDigest: 'abc', arguments: { a: 'cobol', b: 'path:eat' } },
        ],
        programs: [
          { names: [], does: [{ kind: 'fly', when: 1 }], runs: [{ as: 'dream' }], sub: { a: { syntax: 'old', refine: 'x' } } },
          7,
        ],
      }).map((line) => line.slice(0, line.indexOf(': '))),
    ).toEqual([
      'catalogue.other',
      'catalogue.functions.*.Upper',
      'catalogue.functions.*.Upper[0].kind',
      'catalogue.functions.*.Upper[0].scope',
      'catalogue.functions.*.Upper[0].reversible',
      'catalogue.functions.*.Upper[0].targets[0]',
      'catalogue.functions.*.f',
      'catalogue.functions.t',
      'catalogue.tools[0].server',
      'catalogue.tools[1].tool',
      'catalogue.tools[2]',
      'catalogue.tools[3].like',
      'catalogue.tools[4].schemaDigest',
      'catalogue.tools[4].arguments.a',
      'catalogue.tools[4].arguments.b',
      'catalogue.programs[0].names',
      'catalogue.programs[0].does[0].kind',
      'catalogue.programs[0].does[0].when',
      'catalogue.programs[0].runs[0].as',
      'catalogue.programs[0].sub.a.refine',
      'catalogue.programs[0].sub.a.syntax',
      'catalogue.programs[1]',
    ]);
  });
});
