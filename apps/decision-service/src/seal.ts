/** Keeps the original of a masked request readable to whoever holds the key, and to nobody else: a replay needs it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Result, err, ok, sha256Hex } from '@countersign/kernel';

export interface Sealed {
  readonly keyId: string;
  /** 12 bytes, random: never used twice under one key (NIST SP 800-38D). */
  readonly nonce: Uint8Array;
  /** AES-256-GCM ciphertext with its 16-byte tag at the end. */
  readonly ciphertext: Uint8Array;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `key` is 32 bytes; the decision's id is bound in, so that a sealed request cannot be moved to another decision. */
export function seal(key: Uint8Array, decisionId: string, plain: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(decisionId));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { keyId: keyIdOf(key), nonce, ciphertext };
}

export function unseal(key: Uint8Array, decisionId: string, sealed: Sealed): Result<Buffer, string> {
  if (sealed.keyId !== keyIdOf(key)) return err(`sealed with key ${sealed.keyId}, not with the key at hand`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(decisionId))
      .setAuthTag(sealed.ciphertext.subarray(-TAG_BYTES));
    return ok(Buffer.concat([decipher.update(sealed.ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]));
  } catch {
    return err('the sealed request was changed or belongs to another decision');
  }
}

function keyIdOf(key: Uint8Array): string {
  return sha256Hex(key).slice(0, 8);
}
