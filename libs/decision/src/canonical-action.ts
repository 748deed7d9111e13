/** The one text of an action that its digest, its approval and its grant are bound to. */
import { canonicalJson } from '@countersign/kernel';
import { checkJson } from './json-bytes.ts';

export interface ActionToSign {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly dialect: string;
  /** JSON; empty for none. */
  readonly payload: Uint8Array;
  readonly resource: { readonly type: string; readonly id: string; readonly environment: string };
}

/**
 * Canonical JSON (RFC 8785) of the unmasked action. Different actions never share a text: a payload that canonical JSON would
 * blur (a repeated key, an integer beyond 2^53, a lone surrogate, not JSON at all) goes in byte for byte as `payload_base64`.
 * Throws a TypeError where a text holds a lone surrogate, which no decoded UTF-8 does.
 */
export function canonicalAction(action: ActionToSign): string {
  return action.payload.length === 0 ? withoutPayload(action) : withPayload(action);
}

/** Hand-written for the hot path; canonical-action.spec.ts proves it equal to the kernel's. */
function withoutPayload({ kind, name, text, dialect, resource }: ActionToSign): string {
  const { environment, id, type } = resource;
  return `{"dialect":${quote(dialect)},"kind":${quote(kind)},"name":${quote(name)},"resource":{"environment":${quote(environment)},"id":${quote(id)},"type":${quote(type)}},"text":${quote(text)}}`;
}

function withPayload({ kind, name, text, dialect, payload, resource }: ActionToSign): string {
  const { environment, id, type } = resource;
  const checked = checkJson(payload);
  const body =
    checked.ok && checked.value.exact
      ? { payload: checked.value.value }
      : { payload_base64: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64') };
  return canonicalJson({ kind, name, text, dialect, resource: { environment, id, type }, ...body });
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('not a JSON text: lone surrogate');
  return JSON.stringify(text);
}
