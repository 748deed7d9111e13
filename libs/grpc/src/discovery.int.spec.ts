/** Health and reflection on a real server: what probes and grpcurl rely on, without a token. */
import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Client as Channel, Metadata, credentials } from '@grpc/grpc-js';
import { decision, health, reflection } from '@countersign/proto';
import { afterEach, describe, expect, it } from 'vitest';
import { type GrpcServer, StatusError, createClient, registration, startGrpcServer, status } from './index.ts';
import { ALPHA_PATH } from './reflection.ts';

const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = health.HealthCheckResponse_ServingStatus;
const DECISIONS = 'countersign.decision.v1.DecisionService';
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function run(): Promise<{ server: GrpcServer; address: string }> {
  const service = registration(decision.DecisionService, {
    decide: () => ({}),
    decideBatch: () => ({}),
    async *decideStream() {},
    reportOutcome: () => ({}),
  });
  const log = { warn() {}, error() {} };
  const server = await startGrpcServer({ address: '127.0.0.1:0', services: [service], authenticate: () => undefined, log });
  closers.push(() => server.stop(0));
  return { server, address: `127.0.0.1:${server.port}` };
}

describe('health', () => {
  async function client() {
    const { server, address } = await run();
    const probe = createClient(health.Health, { address });
    closers.push(() => probe.close());
    return { server, probe };
  }

  it('checks the server and each service', async () => {
    const { server, probe } = await client();
    expect((await probe.check({})).status).toBe(SERVING);
    expect((await probe.check({ service: DECISIONS })).status).toBe(SERVING);
    server.setServing(DECISIONS, false);
    expect((await probe.check({ service: DECISIONS })).status).toBe(NOT_SERVING);
    expect((await probe.check({})).status).toBe(NOT_SERVING);
    await expect(probe.check({ service: 'nope' })).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('watches: the state at once, then each change, and NOT_SERVING when the server stops', async () => {
    const { server, probe } = await client();
    const watch = probe.watch({ service: DECISIONS })[Symbol.asyncIterator]();
    const next = async () => ((await watch.next()).value as { status: number }).status;
    expect(await next()).toBe(SERVING);
    server.setServing(DECISIONS, false);
    expect(await next()).toBe(NOT_SERVING);
    server.setServing(DECISIONS, false);
    server.setServing(DECISIONS, true);
    expect(await next()).toBe(SERVING);
    const stopped = server.stop(5_000);
    expect(await next()).toBe(NOT_SERVING);
    await expect(watch.next()).rejects.toBeInstanceOf(StatusError);
    probe.close();
    await stopped;
  });

  it('watches a service that is not there', async () => {
    const { probe } = await client();
    for await (const answer of probe.watch({ service: 'nope' })) {
      expect(answer.status).toBe(SERVICE_UNKNOWN);
      break;
    }
  });
});

describe('reflection', () => {
  type Asked = reflection.ServerReflectionRequest['messageRequest'];
  type Answered = reflection.ServerReflectionResponse['messageResponse'];

  async function ask(...questions: readonly Asked[]): Promise<readonly Answered[]> {
    const { address } = await run();
    const client = createClient(reflection.ServerReflection, { address });
    closers.push(() => client.close());
    const requests = (async function* () {
      for (const messageRequest of questions) yield { messageRequest };
    })();
    const answers: Answered[] = [];
    for await (const { messageResponse } of client.serverReflectionInfo(requests)) answers.push(messageResponse);
    return answers;
  }

  /** A client builds its pool from one answer: it must hold every import, each once. */
  function poolOf(answer: Answered | undefined) {
    if (answer?.case !== 'fileDescriptorResponse') throw new Error(`not files: ${answer?.case}`);
    const file = answer.value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    return createFileRegistry(create(FileDescriptorSetSchema, { file }));
  }

  it('lists the services', async () => {
    const [answer] = await ask({ case: 'listServices', value: '' });
    expect(answer).toMatchObject({
      case: 'listServicesResponse',
      value: {
        service: [{ name: DECISIONS }, { name: 'grpc.health.v1.Health' }, { name: 'grpc.reflection.v1.ServerReflection' }],
      },
    });
  });

  it.each([
    DECISIONS,
    `${DECISIONS}.Decide`,
    'countersign.decision.v1.DecideRequest',
    'countersign.decision.v1.DecideRequest.action',
    'countersign.decision.v1.DecideResult.result',
  ])('gives the file of %s with its imports', async (symbol) => {
    const [answer] = await ask({ case: 'fileContainingSymbol', value: symbol });
    const pool = poolOf(answer);
    expect(pool.getService(DECISIONS)?.methods.map(({ name }) => name)).toContain('DecideStream');
    expect(pool.getMessage('countersign.event.v1.Action')?.fields.map(({ name }) => name)).toContain('text');
  });

  it('answers each kind of question, and what is not there, in order on one stream', async () => {
    const [named, value, unknownFile, unknownSymbol, extensions, extension, empty] = await ask(
      { case: 'fileByFilename', value: 'countersign/event/v1/event.proto' },
      { case: 'fileContainingSymbol', value: 'countersign.event.v1.VERDICT_DENY' },
      { case: 'fileByFilename', value: 'nope.proto' },
      { case: 'fileContainingSymbol', value: 'nope.Nope' },
      { case: 'allExtensionNumbersOfType', value: 'countersign.event.v1.Event' },
      {
        case: 'fileContainingExtension',
        value: create(reflection.ExtensionRequestSchema, { containingType: 'a.B', extensionNumber: 1 }),
      },
      { case: undefined },
    );
    expect(poolOf(named).getMessage('countersign.event.v1.Event')).toBeDefined();
    expect(poolOf(value).getEnum('countersign.event.v1.Verdict')).toBeDefined();
    expect([unknownFile, unknownSymbol, extension].map((answer) => answer?.value)).toMatchObject([
      { errorCode: status.NOT_FOUND, errorMessage: 'no file "nope.proto"' },
      { errorCode: status.NOT_FOUND, errorMessage: 'no symbol "nope.Nope"' },
      { errorCode: status.NOT_FOUND, errorMessage: 'no extension 1 of "a.B"' },
    ]);
    expect(extensions?.value).toMatchObject({ baseTypeName: 'countersign.event.v1.Event', extensionNumber: [] });
    expect(empty?.value).toMatchObject({ errorCode: status.INVALID_ARGUMENT });
  });

  it('answers under its older name too', async () => {
    const { address } = await run();
    const channel = new Channel(address, credentials.createInsecure(), { 'grpc.enable_http_proxy': 0 });
    closers.push(() => channel.close());
    const same = (bytes: Buffer): Buffer => bytes;
    const call = channel.makeBidiStreamRequest(ALPHA_PATH, same, same, new Metadata());
    const request = create(reflection.ServerReflectionRequestSchema, { messageRequest: { case: 'listServices', value: '' } });
    call.end(Buffer.from(toBinary(reflection.ServerReflectionRequestSchema, request)));
    const answers: Buffer[] = [];
    for await (const bytes of call) answers.push(bytes as Buffer);
    expect(answers.map((bytes) => fromBinary(reflection.ServerReflectionResponseSchema, bytes).messageResponse.case)).toEqual([
      'listServicesResponse',
    ]);
  });
});
