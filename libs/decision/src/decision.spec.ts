import { describe, expect, it } from 'vitest';
import { answerOrDeny, failedDecision, foldVerdicts, readAnswer } from './index.ts';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

const REASON = { rule: 'r', code: 'c', message: 'm', severity: 'high' };

describe('reading the answer of a policy', () => {
  it('takes a whole answer as it is', () => {
    const read = readAnswer(
      bytes({
        verdict: 'require_approval',
        reasons: [{ ...REASON, effect: 0 }, REASON],
        obligations: [{ id: 'log', params: { a: 1 } }, { id: 'notify' }],
        approval: { quorum: 2, reviewers: ['role:approver'], expires_s: 60, grant_s: 30, uses: 3 },
      }),
    );
    expect(read).toEqual({
      ok: true,
      value: {
        verdict: 'require_approval',
        reasons: [{ ...REASON, effect: 0 }, REASON],
        obligations: [{ id: 'log', params: { a: 1 } }, { id: 'notify' }],
        approval: { quorum: 2, reviewers: ['role:approver'], expiresS: 60, grantS: 30, uses: 3 },
        failedStep: '',
      },
    });
  });

  it('fills in the default requirement, and drops one that the verdict does not ask for', () => {
    expect(readAnswer(bytes({ verdict: 'require_approval' }))).toMatchObject({
      value: { reasons: [], approval: { quorum: 1, reviewers: [], expiresS: 3600, grantS: 900, uses: 1 } },
    });
    expect(readAnswer(bytes({ verdict: 'allow', approval: { quorum: 3 } }))).toMatchObject({ value: { approval: undefined } });
  });

  const approval = (part: object) => ({ verdict: 'require_approval', approval: part });

  it.each([
    [approval({ quorum: 20, expires_s: 2_592_000, grant_s: 1, uses: 100 }), true],
    [approval({ quorum: 21 }), false],
    [approval({ quorum: 0 }), false],
    [approval({ quorum: 1.5 }), false],
    [approval({ quorum: '2' }), false],
    [approval({ expires_s: 59 }), false],
    [approval({ expires_s: 60 }), true],
    [approval({ expires_s: 2_592_001 }), false],
    [approval({ grant_s: 0 }), false],
    [approval({ uses: 101 }), false],
    [approval({ reviewers: 'role:approver' }), false],
    [approval({ reviewers: [7] }), false],
    [approval({ reviewers: Array.from({ length: 101 }, () => 'x') }), false],
    [approval([]), false],
    [{ verdict: 'permit' }, false],
    [{ verdict: 'ALLOW' }, false],
    [{ verdict: ['allow'] }, false],
    [{ verdict: true }, false],
    [{}, false],
    [[{ verdict: 'allow' }], false],
    ['null', false],
    ['true', false],
    ['{"verdict":"allow"', false],
    ['{"verdict":"allow"} x', false],
    [{ verdict: 'allow', reasons: {} }, false],
    [{ verdict: 'allow', reasons: [{ ...REASON, severity: 'fatal' }] }, false],
    [{ verdict: 'allow', reasons: [{ ...REASON, rule: '' }] }, false],
    [{ verdict: 'allow', reasons: [{ ...REASON, effect: -1 }] }, false],
    [{ verdict: 'allow', obligations: [{ params: {} }] }, false],
    [{ verdict: 'allow', obligations: [{ id: 'x', params: [] }] }, false],
  ])('%j: readable %s', (answer, readable) => {
    expect(readAnswer(bytes(answer)).ok).toBe(readable);
  });

  it('refuses bytes that are not UTF-8', () => {
    const answer = bytes({ verdict: 'allow', reasons: [{ ...REASON, message: '?' }] });
    expect(readAnswer(answer).ok).toBe(true);
    answer[answer.indexOf('?')] = 0xff;
    expect(readAnswer(answer).ok).toBe(false);
  });
});

describe('failing closed', () => {
  it.each([
    [undefined, 'policy_undefined'],
    [new Uint8Array(), 'policy_undefined'],
    [bytes('nonsense'), 'policy_nonsense'],
    [bytes({ verdict: 'permit' }), 'policy_nonsense'],
  ])('an unreadable answer is a deny that says so', (answer, code) => {
    expect(answerOrDeny(answer)).toMatchObject({
      verdict: 'deny',
      failedStep: 'evaluate',
      approval: undefined,
      reasons: [{ rule: 'countersign.evaluate', code }],
    });
  });

  it('names the step that failed', () => {
    expect(failedDecision('analyse', 'the parser gave up')).toEqual({
      verdict: 'deny',
      reasons: [{ rule: 'countersign.analyse', code: 'analyse_failed', message: 'the parser gave up', severity: 'high' }],
      obligations: [],
      approval: undefined,
      failedStep: 'analyse',
    });
  });

  it.each([
    [[], 'deny'],
    [['allow'], 'allow'],
    [['allow', 'require_approval', 'allow'], 'require_approval'],
    [['require_approval', 'deny', 'allow'], 'deny'],
  ] as const)('of %j the worst wins: %s', (verdicts, worst) => {
    expect(foldVerdicts(verdicts)).toBe(worst);
  });
});
