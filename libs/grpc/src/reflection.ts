/** gRPC server reflection v1 from the protobuf-es descriptors, so that grpcurl can list, describe and call. */
import { type DescFile, type DescService, type Message, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { reflection } from '@countersign/proto';
import { type ServiceRegistration, registration } from './registration.ts';

type Init = MessageInitShape<typeof reflection.ServerReflectionResponseSchema>;
type Request = reflection.ServerReflectionRequest;
type Answer = NonNullable<Exclude<Init, Message>['messageResponse']>;

/** The name before v1; same messages on the wire. Older grpcurl and Postman ask for it only. */
export const ALPHA_PATH = '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';

export function reflectionService(services: readonly DescService[]): ServiceRegistration {
  const index = new DescriptorIndex([...services, reflection.ServerReflection]);
  return registration(reflection.ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield { validHost: request.host, originalRequest: request, messageResponse: answer(index, request.messageRequest) };
      }
    },
  });
}

function answer(index: DescriptorIndex, request: Request['messageRequest']): Answer {
  switch (request.case) {
    case 'listServices':
      return { case: 'listServicesResponse', value: { service: index.services.map((name) => ({ name })) } };
    case 'fileByFilename':
      return files(index.fileNamed(request.value), `no file "${request.value}"`);
    case 'fileContainingSymbol':
      return files(index.fileOf(request.value), `no symbol "${request.value}"`);
    case 'fileContainingExtension': {
      const { containingType, extensionNumber } = request.value;
      const file = index.fileOfExtension(containingType, extensionNumber);
      return files(file, `no extension ${extensionNumber} of "${containingType}"`);
    }
    case 'allExtensionNumbersOfType': {
      if (index.fileOf(request.value) === undefined) return failure(status.NOT_FOUND, `no type "${request.value}"`);
      const extensionNumber = index.extensionNumbers(request.value);
      return { case: 'allExtensionNumbersResponse', value: { baseTypeName: request.value, extensionNumber } };
    }
    case undefined:
      return failure(status.INVALID_ARGUMENT, 'the reflection request asks for nothing: set one of message_request');
  }
}

/** The file and everything it imports, dependencies first, as clients build their descriptor pool. */
function files(file: DescFile | undefined, missing: string): Answer {
  if (file === undefined) return failure(status.NOT_FOUND, missing);
  const closure = new Set<DescFile>();
  collect(file, closure);
  const fileDescriptorProto = [...closure].map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
  return { case: 'fileDescriptorResponse', value: { fileDescriptorProto } };
}

function collect(file: DescFile, into: Set<DescFile>): void {
  if (into.has(file)) return;
  for (const dependency of file.dependencies) collect(dependency, into);
  into.add(file);
}

function failure(errorCode: status, errorMessage: string): Answer {
  return { case: 'errorResponse', value: { errorCode, errorMessage } };
}

/** Every name that the served files declare. */
class DescriptorIndex {
  readonly services: readonly string[];
  readonly #files = new Map<string, DescFile>();
  readonly #symbols = new Map<string, DescFile>();
  readonly #extensions = new Map<string, Map<number, DescFile>>();

  constructor(services: readonly DescService[]) {
    this.services = services.map(({ typeName }) => typeName).sort();
    const closure = new Set<DescFile>();
    for (const { file } of services) collect(file, closure);
    for (const file of closure) this.#add(file);
  }

  fileNamed(name: string): DescFile | undefined {
    return this.#files.get(name);
  }

  fileOf(symbol: string): DescFile | undefined {
    return this.#symbols.get(symbol);
  }

  fileOfExtension(type: string, number: number): DescFile | undefined {
    return this.#extensions.get(type)?.get(number);
  }

  extensionNumbers(type: string): number[] {
    return [...(this.#extensions.get(type)?.keys() ?? [])].sort((a, b) => a - b);
  }

  #add(file: DescFile): void {
    this.#files.set(file.proto.name, file);
    for (const type of nestedTypes(file)) {
      this.#symbols.set(type.typeName, file);
      if (type.kind === 'extension') {
        const numbers = this.#extensions.get(type.extendee.typeName) ?? new Map<number, DescFile>();
        this.#extensions.set(type.extendee.typeName, numbers.set(type.number, file));
      }
      if (type.kind === 'service') for (const { name } of type.methods) this.#symbols.set(`${type.typeName}.${name}`, file);
      if (type.kind === 'message') for (const { name } of type.members) this.#symbols.set(`${type.typeName}.${name}`, file);
      // A value's full name stands beside its enum, not inside it (descriptor.proto, "EnumValueDescriptor").
      const scope = type.typeName.slice(0, type.typeName.lastIndexOf('.'));
      if (type.kind === 'enum') for (const { name } of type.values) this.#symbols.set(`${scope}.${name}`, file);
    }
  }
}
