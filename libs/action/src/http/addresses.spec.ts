import { describe, expect, it } from 'vitest';
import { readUrl } from './url.ts';

function place(url: string): string {
  const read = readUrl(url);
  return read.ok ? `${read.value.host.place} ${read.value.host.name}` : `refused: ${read.error}`;
}

const METADATA = 'metadata 169.254.169.254';
const LOOPBACK = 'internal 127.0.0.1';

const spellings: readonly (readonly [string, string])[] = [
  ['http://169.254.169.254/latest/meta-data', METADATA],
  ['169.254.169.254/latest', METADATA],
  ['http://2852039166/', METADATA],
  ['http://0xA9FEA9FE/', METADATA],
  ['http://0xa9.0xfe.0xa9.0xfe/', METADATA],
  ['http://0251.0376.0251.0376/', METADATA],
  ['http://169.254.43518/', METADATA],
  ['http://169.16689662/', METADATA],
  ['http://169.254.169.254./', METADATA],
  ['http://１６９.254.169.254/', METADATA],
  ['http://169。254。169。254/', METADATA],
  ['http://%31%36%39.254.169.254/', METADATA],
  ['http://[::ffff:169.254.169.254]/', METADATA],
  ['http://[::ffff:a9fe:a9fe]/', METADATA],
  ['http://[0:0:0:0:0:ffff:a9fe:a9fe]/', METADATA],
  ['http://[::a9fe:a9fe]/', METADATA],
  ['http://[64:ff9b::a9fe:a9fe]/', METADATA],
  ['http://[64:ff9b:1::a9fe:a9fe]/', METADATA],
  ['http://[2002:a9fe:a9fe::]/', METADATA],
  ['http://[2001:0:0:0:0:0:5601:5601]/', METADATA],
  ['http://[fe80::5efe:a9fe:a9fe]/', METADATA],
  ['http://169.254.169.254.nip.io/', 'metadata 169.254.169.254.nip.io'],
  ['http://app-169-254-169-254.sslip.io/', 'metadata app-169-254-169-254.sslip.io'],
  ['http://a9fea9fe.nip.io/', 'metadata a9fea9fe.nip.io'],
  ['http://[fd00:ec2::254]/', 'metadata fd00:ec2::254'],
  ['http://[fd00:0ec2:0:0:0:0:0:254]/', 'metadata fd00:ec2::254'],
  ['http://100.100.100.200/', 'metadata 100.100.100.200'],
  ['http://168.63.129.16/', 'metadata 168.63.129.16'],
  ['http://169.254.170.2/v2/credentials', 'metadata 169.254.170.2'],
  ['http://169.254.1.1/', 'metadata 169.254.1.1'],
  ['http://METADATA.google.internal./', 'metadata metadata.google.internal'],
  ['http://metadata/computeMetadata/v1/', 'metadata metadata'],
  ['ftp://0xa9fea9fe/', METADATA],
  ['gopher://2852039166/', METADATA],
  ['http://127.0.0.1/', LOOPBACK],
  ['http://127.1/', LOOPBACK],
  ['http://0x7f.1/', LOOPBACK],
  ['http://2130706433/', LOOPBACK],
  ['http://017700000001/', LOOPBACK],
  ['http://[::ffff:7f00:1]/', LOOPBACK],
  ['http://0/', 'internal 0.0.0.0'],
  ['http://[::1]/', 'internal ::1'],
  ['http://[::]/', 'internal ::'],
  ['http://localhost./', 'internal localhost'],
  ['http://app.localhost/', 'internal app.localhost'],
  ['http://127.0.0.1.nip.io/', 'internal 127.0.0.1.nip.io'],
  ['http://lvh.me/', 'internal lvh.me'],
  ['http://10.1.2.3/', 'internal 10.1.2.3'],
  ['http://0xa010203/', 'internal 10.1.2.3'],
  ['http://172.16.0.1/', 'internal 172.16.0.1'],
  ['http://172.32.0.1/', 'outside 172.32.0.1'],
  ['http://192.168.0.1/', 'internal 192.168.0.1'],
  ['http://100.64.0.1/', 'internal 100.64.0.1'],
  ['http://[fd12::1]/', 'internal fd12::1'],
  ['http://redis:6379/', 'internal redis'],
  ['http://web.default.svc.cluster.local/', 'internal web.default.svc.cluster.local'],
  ['http://224.0.0.1/', 'rebinding 224.0.0.1'],
  ['http://7f000001.c0a80001.rbndr.us/', 'rebinding 7f000001.c0a80001.rbndr.us'],
  ['http://8.8.8.8/', 'outside 8.8.8.8'],
  ['http://8.8.8.8.nip.io/', 'outside 8.8.8.8.nip.io'],
  ['http://bücher.example/', 'outside xn--bcher-kva.example'],
  ['http://notlocalhost.example/', 'outside notlocalhost.example'],
  ['http://user:pw@docs.example.org/', 'outside docs.example.org'],
  ['http://256.256.256.256/', 'refused: the URL cannot be parsed'],
  ['http://[fe80::1%25eth0]/', 'refused: the URL cannot be parsed'],
  ['http://127.0.0.1#@example.org/', 'refused: the URL hides a second host behind ? or #'],
  ['http://redis:6379/%0d%0aFLUSHALL', 'refused: the path of the URL hides line ends'],
  ['http://exam ple.org/', 'refused: the URL has blanks or control characters where its host is named'],
  ['http://example.org/a\tb', 'refused: the URL has a tab or a line end, which clients read differently'],
];

describe('readUrl', () => {
  it.each(spellings)('%s', (url, expected) => {
    expect(place(url)).toBe(expected);
  });
});
