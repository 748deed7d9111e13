/** The journal: the append-only event log that everything else is derived from. */

/** The topics of the product (version 1 of each). */
export const TOPICS = {
  decisions: 'countersign.decisions.v1',
  approvalCommands: 'countersign.approval-commands.v1',
  approvals: 'countersign.approvals.v1',
  policies: 'countersign.policies.v1',
  identity: 'countersign.identity.v1',
} as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

export interface JournalRecord {
  readonly topic: Topic;
  /** Order holds within a key. */
  readonly key: string;
  /** The stored bytes: what is hashed and what every reader gets. Must not change after `append` was called. */
  readonly value: Uint8Array;
}

export interface Position {
  readonly topic: Topic;
  readonly partition: number;
  /** From 0, growing by one with each record of the partition in the embedded journal; growing, with gaps, in Kafka. */
  readonly offset: number;
}

export interface StoredRecord extends JournalRecord, Position {}

export interface ReadLimit {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

export interface Journal {
  /**
   * Resolves only once every record would survive a power cut; positions in the order given. Concurrent calls share one commit
   * and are stored in the order of the calls. Rejects with an EnvironmentError when the records could not be made durable; every
   * append that was called after the failed one and before its rejection is rejected too, so that no later record is stored
   * without an earlier one. After a rejection the journal accepts appends again as soon as its storage does.
   */
  append(records: readonly JournalRecord[]): Promise<readonly Position[]>;

  /** Records from `fromOffset` on, in order, at least one if there is one; empty at the head. Shows durable records only. */
  read(topic: Topic, partition: number, fromOffset: number, limit: ReadLimit): Promise<readonly StoredRecord[]>;

  /** The partitions of a topic that this process reads, from 0. */
  partitions(topic: Topic): Promise<readonly number[]>;

  /** The offset after the last durable record. */
  head(topic: Topic, partition: number): Promise<number>;

  /** The next offset that `group` wants to read, as it last committed it; 0 for a new group. */
  position(group: string, topic: Topic, partition: number): Promise<number>;

  /** Durable once resolved. Going backwards is allowed (a rebuild). */
  commit(group: string, topic: Topic, partition: number, nextOffset: number): Promise<void>;

  /** Calls back soon after records became readable, from this or another process; may call without news. Returns the way to stop. */
  onAppended(listener: () => void): () => void;

  /** Waits for appends under way, then releases everything. Appends after it reject. */
  close(): Promise<void>;
}
