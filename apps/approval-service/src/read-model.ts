/** The approvals as they are now, with the indexes to find them: a projection of the approvals topic. */
import { deserialize, serialize } from 'node:v8';
import { type Approval, type ApprovalStatus, initial, type PresentApproval } from '@countersign/approval';
import type { ProjectionChange, ProjectionStore } from '@countersign/ports';

/** How far a partition was processed: every event that a command from `commands` on caused lies at `approvals` or later. */
export interface Progress {
  /** The offset of the next command to decide. */
  readonly commands: number;
  /** From where the approvals topic is read again after a restart. */
  readonly approvals: number;
  /** The time of the newest event that was read; later events are never dated before it. */
  readonly timeMs: number;
}

/** Grows with each change of what is stored under which key; a store of another layout is emptied and filled anew. */
const LAYOUT = '1';

const PAGE = 1_000;
const TIME_DIGITS = 14;
/** Larger than every time: newer approvals sort first. */
const TIME_CEILING_MS = 10 ** TIME_DIGITS - 1;
const MARK = Buffer.from([1]);

export class ReadModel {
  readonly #store: ProjectionStore;
  readonly #maxCached: number;
  /** Least recently used first. */
  readonly #cache = new Map<string, Approval>();
  /** Folded, but not in the store yet. */
  readonly #fresh = new Map<string, Approval>();

  private constructor(store: ProjectionStore, maxCached: number) {
    this.#store = store;
    this.#maxCached = maxCached;
  }

  static async open(store: ProjectionStore, maxCached: number): Promise<ReadModel> {
    const model = new ReadModel(store, maxCached);
    if (textOf(store.get('layout')) !== LAYOUT) await model.clear();
    return model;
  }

  /** Forgets everything, to be filled anew from the journal. */
  async clear(): Promise<void> {
    this.#cache.clear();
    this.#fresh.clear();
    for (;;) {
      const old = this.#store.range('', '\uffff', PAGE);
      if (old.length === 0) break;
      await this.#store.apply(old.map(({ key }) => ({ key, value: null })));
    }
    await this.#store.apply([{ key: 'layout', value: Buffer.from(LAYOUT) }]);
  }

  /** Undefined for a partition that was never processed on this store. */
  progress(partition: number): Progress | undefined {
    const stored = this.#store.get(`progress/${partition}`);
    return stored && (JSON.parse(textOf(stored) ?? '') as Progress);
  }

  get(approvalId: string): Approval {
    const known = this.#fresh.get(approvalId) ?? this.#cache.get(approvalId);
    if (known) return known;
    const stored = this.#load(approvalId);
    if (stored) this.#remember(approvalId, stored);
    return stored ?? initial;
  }

  /** Seen by `get` at once, by lists after the next `save`. */
  put(approvalId: string, approval: Approval): void {
    this.#fresh.set(approvalId, approval);
  }

  get unsaved(): number {
    return this.#fresh.size;
  }

  /** Everything that was put, and the progress, in one step. */
  async save(partition: number, progress: Progress): Promise<void> {
    const saved = [...this.#fresh];
    const changes = saved.flatMap(([id, approval]) => this.#changesOf(id, approval));
    await this.#store.apply([...changes, { key: `progress/${partition}`, value: Buffer.from(JSON.stringify(progress)) }]);
    for (const [id, approval] of saved) {
      this.#remember(id, approval);
      if (this.#fresh.get(id) === approval) this.#fresh.delete(id);
    }
  }

  /** The approval that follows `afterKey` (empty: the first), newest first; undefined at the end. */
  nextInList(
    tenant: string,
    status: ApprovalStatus | undefined,
    afterKey: string,
  ): { key: string; approvalId: string } | undefined {
    const prefix = listPrefix(tenant, status);
    const [row] = this.#store.range(afterKey === '' ? prefix : `${afterKey}\0`, endOf(prefix), 1);
    return row && { key: row.key, approvalId: lastPart(row.key) };
  }

  isListKey(tenant: string, status: ApprovalStatus | undefined, key: string): boolean {
    return key === '' || key.startsWith(listPrefix(tenant, status));
  }

  /** Open approvals whose time is over at `nowMs`, longest over first. */
  due(nowMs: number, limit: number): string[] {
    return this.#store.range('due/', `due/${sortable(nowMs + 1)}`, limit).map(({ key }) => lastPart(key));
  }

  #changesOf(id: string, approval: Approval): ProjectionChange[] {
    const changes: ProjectionChange[] = [{ key: `approval/${id}`, value: serialize(approval) }];
    if (approval.status === 'absent') return changes;
    const { status } = approval;
    const before = this.#stored(id);
    const dueKey = `due/${sortable(approval.lapsesAtMs)}/${id}`;
    if (before && before.status !== status) changes.push({ key: listKey(before, id, before.status), value: null });
    if (before?.status === 'open' && status !== 'open') changes.push({ key: dueKey, value: null });
    if (status === 'open') changes.push({ key: dueKey, value: MARK });
    changes.push({ key: listKey(approval, id, status), value: MARK }, { key: listKey(approval, id, undefined), value: MARK });
    return changes;
  }

  /** What the store holds: the cache never runs ahead of it. */
  #stored(id: string): PresentApproval | undefined {
    const stored = this.#cache.get(id) ?? this.#load(id);
    return stored?.status === 'absent' ? undefined : stored;
  }

  #load(id: string): Approval | undefined {
    const stored = this.#store.get(`approval/${id}`);
    return stored && (deserialize(stored) as Approval);
  }

  #remember(id: string, approval: Approval): void {
    this.#cache.delete(id);
    this.#cache.set(id, approval);
    if (this.#cache.size <= this.#maxCached) return;
    for (const oldest of this.#cache.keys()) {
      this.#cache.delete(oldest);
      break;
    }
  }
}

function listPrefix(tenant: string, status: ApprovalStatus | undefined): string {
  return `list/${encodeURIComponent(tenant)}/${status ?? 'all'}/`;
}

function listKey(approval: PresentApproval, id: string, status: ApprovalStatus | undefined): string {
  return `${listPrefix(approval.tenant, status)}${sortable(TIME_CEILING_MS - approval.requestedAtMs)}/${id}`;
}

function sortable(timeMs: number): string {
  return String(Math.max(0, Math.min(timeMs, TIME_CEILING_MS))).padStart(TIME_DIGITS, '0');
}

/** The first key after all that start with a prefix ending in "/". */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function textOf(value: Uint8Array | undefined): string | undefined {
  return value && Buffer.from(value).toString('utf8');
}
