import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotHere } from '../reader.ts';
import { contextOfLine } from '../shell/testing.ts';
import { meaningOf } from './meaning.ts';
import { readTerraform } from './reader.ts';

function read(text: string) {
  return readTerraform({ kind: 'terraform', text }, contextOfLine());
}

function short(value: object | string): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const kinds = read(text).effects.map((effect) => effect.kind + (effect.scope === 'unbounded' ? '!' : ''));
  return [...new Set(kinds)].toSorted().join(' ');
}

function row(type: string, actions: readonly string[], after: object | null = {}, more: object = {}) {
  return { address: `${type}.a`, type, name: 'a', mode: 'managed', change: { actions, before: null, after, ...more } };
}

function plan(...rows: readonly object[]) {
  return { format_version: '1.2', terraform_version: '1.9.0', complete: true, errored: false, resource_changes: rows };
}

const STAR = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

describe('plans', () => {
  it.each([
    ['nothing changes', plan(row('aws_instance', ['no-op'])), 'none'],
    ['no resources', plan(), 'none'],
    ['data is read', plan(row('aws_ami', ['read'])), 'read'],
    ['a machine is made', plan(row('aws_instance', ['create'])), 'infra_create'],
    ['a machine is changed', plan(row('aws_instance', ['update'])), 'infra_change'],
    ['a machine is destroyed', plan(row('aws_instance', ['delete'], null)), 'infra_destroy'],
    ['a machine is replaced', plan(row('aws_instance', ['delete', 'create'])), 'infra_create infra_destroy'],
    ['replaced the other way round', plan(row('aws_instance', ['create', 'delete'])), 'infra_create infra_destroy'],
    ['a database is destroyed', plan(row('aws_db_instance', ['delete'], null)), 'infra_destroy!'],
    ['a database is replaced', plan(row('google_sql_database_instance', ['delete', 'create'])), 'infra_create infra_destroy!'],
    ['a bucket is destroyed', plan(row('google_storage_bucket', ['delete'], null)), 'infra_destroy!'],
    ['a resource group is destroyed', plan(row('azurerm_resource_group', ['delete'], null)), 'infra_destroy!'],
    ['a rule of a bucket is destroyed', plan(row('aws_s3_bucket_policy', ['delete'], null)), 'infra_destroy privilege_change'],
    ['a resource is forgotten', plan(row('aws_instance', ['forget'])), 'infra_destroy'],
    ['something is imported', plan(row('aws_instance', ['no-op'], {}, { importing: { id: 'i-1' } })), 'infra_change'],
    ['something is moved', plan({ ...row('aws_instance', ['no-op']), previous_address: 'aws_instance.b' }), 'infra_change'],
    ['a role is made', plan(row('aws_iam_role', ['create'])), 'infra_create privilege_change'],
    ['a role may do everything', plan(row('aws_iam_policy', ['create'], { policy: STAR })), 'infra_create privilege_change!'],
    [
      'a binding to owner',
      plan(row('google_project_iam_member', ['create'], { role: 'roles/owner' })),
      'infra_create privilege_change!',
    ],
    [
      'open to the world',
      plan(row('aws_security_group', ['update'], { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] })),
      'infra_change privilege_change!',
    ],
    [
      'open within',
      plan(row('aws_security_group', ['update'], { ingress: [{ cidr_blocks: ['10.0.0.0/8'] }] })),
      'infra_change privilege_change',
    ],
    [
      'a public database',
      plan(row('aws_db_instance', ['update'], { publicly_accessible: true })),
      'infra_change privilege_change!',
    ],
    ['the trail is destroyed', plan(row('aws_cloudtrail', ['delete'], null)), 'infra_destroy log_tamper'],
    ['the trail is switched off', plan(row('aws_cloudtrail', ['update'], { enable_logging: false })), 'infra_change log_tamper'],
    ['a start-up script', plan(row('aws_instance', ['create'], { user_data: '#!/bin/sh\nid' })), 'code_execution infra_create'],
    ['a schedule', plan(row('aws_cloudwatch_event_rule', ['create'])), 'infra_create persistence'],
    [
      'protection is taken away',
      plan(row('aws_db_instance', ['update'], { deletion_protection: false }, { before: { deletion_protection: true } })),
      'config_change infra_change',
    ],
    ['an action that is not known', plan(row('aws_instance', ['explode'])), 'opaque'],
    ['an error', { ...plan(), errored: true }, 'opaque'],
    ['not complete', { ...plan(), complete: false }, 'opaque'],
    ['changes for later', { ...plan(), deferred_changes: [{}] }, 'opaque'],
    ['a format of the future', { ...plan(), format_version: '7.0' }, 'opaque'],
    ['a state', { format_version: '1.0', values: {} }, 'read'],
    ['something else', { hello: 1 }, 'opaque'],
  ])('%s', (_, value, kinds) => {
    expect(short(value)).toBe(kinds);
  });

  it('reads the commands that run when a resource is made', () => {
    const provisioners = [{ type: 'local-exec', expressions: { command: { constant_value: 'rm -rf /' } } }];
    const resources = [{ address: 'null_resource.a', mode: 'managed', type: 'null_resource', name: 'a', provisioners }];
    const configuration = { root_module: { resources } };
    expect(short({ ...plan(row('null_resource', ['create'])), configuration })).toBe('code_execution delete! infra_create');
    expect(short({ ...plan(row('null_resource', ['no-op'])), configuration })).toBe('none');
  });

  it('points at the address and names type and address', () => {
    const text = JSON.stringify(plan(row('aws_instance', ['create']), row('aws_db_instance', ['delete'], null)));
    const effect = read(text).effects[1];
    expect(text.slice(effect?.span.start, effect?.span.end)).toBe('aws_db_instance.a');
    expect(effect?.targets).toEqual([{ type: 'aws_db_instance', name: 'aws_db_instance.a' }]);
  });

  it('tells large plans by kind, and loses nothing that is wide', () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({
      ...row('aws_instance', ['create']),
      address: `aws_instance.a[${String(index)}]`,
    }));
    const { effects } = read(JSON.stringify(plan(...rows, row('aws_s3_bucket', ['delete'], null))));
    expect(effects).toHaveLength(2);
    expect(effects).toMatchObject([
      { kind: 'infra_create', scope: 'bounded' },
      { kind: 'infra_destroy', scope: 'unbounded' },
    ]);
  });
});

describe('other forms', () => {
  const version = '{"type":"version","terraform":"1.9.0"}';
  it.each([
    [
      'lines of a plan',
      `${version}\n{"type":"planned_change","change":{"resource":{"addr":"aws_s3_bucket.b","resource_type":"aws_s3_bucket"},"action":"delete"}}\n{"type":"change_summary"}`,
      'infra_destroy!',
    ],
    [
      'lines that stop too early',
      `${version}\n{"type":"planned_change","change":{"resource":{"addr":"x.y","resource_type":"x"},"action":"noop"}}`,
      'opaque',
    ],
    [
      'an error among the lines',
      `${version}\n{"type":"diagnostic","diagnostic":{"severity":"error"}}\n{"type":"change_summary"}`,
      'opaque',
    ],
    ['a configuration', 'resource "aws_instance" "a" {}', 'opaque'],
    ['what people read', 'Terraform will perform the following actions:\n  # x.y will be destroyed', 'opaque'],
    ['broken JSON', '{"resource_changes":', 'opaque'],
  ])('%s', (_, text, kinds) => {
    expect(short(text)).toBe(kinds);
  });

  const urn = (type: string) => `urn:pulumi:dev::shop::${type}::x`;
  it.each([
    ['nothing', [{ op: 'same', urn: urn('aws:s3/bucket:Bucket') }], 'none'],
    ['a change', [{ op: 'update', urn: urn('aws:ec2/instance:Instance') }], 'infra_change'],
    ['a database goes', [{ op: 'delete', urn: urn('aws:rds/instance:Instance') }], 'infra_destroy!'],
    [
      'a replacement in parts',
      [
        { op: 'create-replacement', urn: urn('aws:ec2/instance:Instance') },
        { op: 'replace', urn: urn('aws:ec2/instance:Instance') },
        { op: 'delete-replaced', urn: urn('aws:ec2/instance:Instance') },
      ],
      'infra_create infra_destroy',
    ],
    ['a replacement in one', [{ op: 'replace', urn: urn('aws:ec2/instance:Instance') }], 'infra_create infra_destroy'],
    ['the stack itself', [{ op: 'create', urn: urn('pulumi:pulumi:Stack') }], 'none'],
    ['an operation that is not known', [{ op: 'explode', urn: urn('aws:s3/bucket:Bucket') }], 'opaque'],
  ])('pulumi: %s', (_, steps, kinds) => {
    expect(short({ steps, changeSummary: {} })).toBe(kinds);
  });

  it('says so when pulumi tells only that there are changes', () => {
    expect(short({ steps: [], changeSummary: { delete: 2 } })).toBe('opaque');
  });

  it('leaves large plans to the worker', () => {
    const text = JSON.stringify({ ...plan(), x: 'y'.repeat(200_000) });
    expect(() => readTerraform({ kind: 'terraform', text }, { ...contextOfLine(), place: 'here' })).toThrow(NotHere);
  });

  it('never throws and always says something', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue({ maxDepth: 5 }), (one, other) => {
        expect(
          read(JSON.stringify({ format_version: '1.2', resource_changes: [one, { change: other }], configuration: other }))
            .effects.length,
        ).toBeGreaterThan(0);
        expect(read(JSON.stringify({ steps: [one, other], changeSummary: one })).effects.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a type of resource means', () => {
  it.each([
    ['aws_db_instance', { holds: true }],
    ['aws_db_subnet_group', { holds: false }],
    ['aws_s3_bucket_versioning', { holds: false }],
    ['azurerm_storage_account', { holds: true }],
    ['google_container_cluster', { holds: true }],
    ['aws:s3/bucket:Bucket', { holds: true }],
    ['aws_iam_role_policy_attachment', { access: true, holds: false }],
    ['google_logging_project_sink', { records: true }],
  ])('%s', (type, meaning) => {
    expect(meaningOf(type)).toMatchObject(meaning);
  });
});
