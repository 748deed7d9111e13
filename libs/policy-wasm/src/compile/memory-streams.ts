/** Standard input and output of a WASI program as bytes in memory: no files, no descriptors of the host. */

const WASI_OK = 0;
const WASI_BAD_DESCRIPTOR = 8;
/** An iovec of WASI preview 1: address and length, 32 bits each. */
const IOVEC_BYTES = 8;

/** The imports to lay over those of node:wasi, and what was written to descriptor 1 or 2 as text. */
export interface MemoryStreams {
  readonly imports: WebAssembly.ModuleImports;
  written(descriptor: number): string;
}

/** `memory` gives the program's memory as it is at that moment. */
export function memoryStreams(stdin: Buffer, memory: () => ArrayBuffer): MemoryStreams {
  const outputs = new Map<number, Buffer[]>([
    [1, []],
    [2, []],
  ]);
  let read = 0;

  const buffers = (address: number, count: number): Buffer[] => {
    const view = new DataView(memory());
    return Array.from({ length: count }, (_, index) => {
      const at = address + index * IOVEC_BYTES;
      return Buffer.from(memory(), view.getUint32(at, true), view.getUint32(at + 4, true));
    });
  };
  const done = (address: number, bytes: number): number => {
    new DataView(memory()).setUint32(address, bytes, true);
    return WASI_OK;
  };

  return {
    written: (descriptor: number) => Buffer.concat(outputs.get(descriptor) ?? []).toString('utf8'),
    imports: {
      fd_read(descriptor: number, address: number, count: number, result: number): number {
        if (descriptor !== 0) return WASI_BAD_DESCRIPTOR;
        const before = read;
        for (const target of buffers(address, count)) read += stdin.copy(target, 0, read);
        return done(result, read - before);
      },
      fd_write(descriptor: number, address: number, count: number, result: number): number {
        const output = outputs.get(descriptor);
        if (output === undefined) return WASI_BAD_DESCRIPTOR;
        const parts = buffers(address, count).map((part) => Buffer.from(part));
        output.push(...parts);
        return done(
          result,
          parts.reduce((sum, part) => sum + part.length, 0),
        );
      },
    },
  };
}
