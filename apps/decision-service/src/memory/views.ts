/**
 * `input.session` as it was handed over last, for as long as it still says the same: a busy agent that does the same again and again
 * must not pay for its history each time. A view is thrown away as soon as the second ends, something of another sort is decided for
 * the session, the agent or the owner, anything is reported or read from the journal, or more than 1/64 of the decisions of this minute
 * have been added to it. So below 64 decisions a minute every count is exact.
 */
import {
  type CountedDecision,
  type Deed,
  type InputMember,
  inputMember,
  sessionJson,
  shortenSession,
  type Whose,
  whose,
} from '@countersign/decision';
import type { AskedSession } from '../decided.ts';
import type { Memory } from './memory.ts';

/** Whoever decides: the three histories that are theirs, and what was last said of them. */
export interface Track {
  readonly whose: Whose;
  readonly tenant: string;
  readonly sessionId: string;
  readonly subject: string;
  readonly owner: string;
  /** Another one of the same session. */
  readonly other: Track | undefined;
  readonly histories: readonly Activity[];
  view: View | undefined;
}

export interface Views {
  trackOf(tenant: string, sessionId: string, subject: string, owner: string): Track;
  /** Undefined while what came before cannot be known. */
  before(track: Track, atMs: number): AskedSession | undefined;
  /** Shows the decision to the memory, and to the views of everybody whom it concerns. */
  begin(track: Track, decision: CountedDecision): void;
  lost(track: Track, decision: CountedDecision): void;
}

/** What has begun in one history, as far as views must know. */
interface Activity {
  begun: number;
  /** Grows with each deed that is new in this second. */
  sorts: number;
  second: number;
  readonly deeds: Set<Deed>;
  minute: number;
  inMinute: number;
}

interface View {
  readonly second: number;
  readonly changes: number;
  readonly begun: readonly number[];
  readonly sorts: readonly number[];
  /** How many more may begin, in any of the histories. */
  readonly room: number;
  readonly session: AskedSession;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** 1/64. */
const ROOM_SHIFT = 6;
/** Beyond, everything is worked out anew: nobody loses anything but time. */
const TRACKS = 50_000;
const DEEDS = 64;
/** Who shares a session id with more than these is worked out anew each time: callers choose the ids. */
const SHARERS = 8;

export function openViews(memory: Memory): Views {
  let tracks = new Map<string, Track>();
  let activities = new Map<string, Activity>();
  let count = 0;

  function activityOf(key: string): Activity {
    let activity = activities.get(key);
    if (!activity) activities.set(key, (activity = { begun: 0, sorts: 0, second: 0, deeds: new Set(), minute: 0, inMinute: 0 }));
    return activity;
  }

  function newTrack(tenant: string, sessionId: string, subject: string, owner: string): Track {
    if (count >= TRACKS) {
      tracks = new Map();
      activities = new Map();
      count = 0;
    }
    const of = whose(tenant, sessionId, subject, owner);
    const histories = [`s${of.session}`, `a${of.agent}`, `o${of.owner}`].filter((name) => name.length > 1).map(activityOf);
    const key = sessionId === '' ? subject : sessionId;
    const other = tracks.get(key);
    const track: Track = { whose: of, tenant, sessionId, subject, owner, histories, other, view: undefined };
    tracks.set(key, track);
    count++;
    return track;
  }

  function look(track: Track, atMs: number): AskedSession | undefined {
    const before = memory.before(track.whose, atMs);
    if (!before) return undefined;
    const { histories, sessionId } = track;
    const room = Math.min(...histories.map((history) => roomIn(history, atMs)));
    // What is thrown away at once is not worth keeping parsed.
    const member: InputMember = inputMember('session', sessionJson(sessionId, before.members), room > 0);
    track.view = {
      second: secondOf(atMs),
      changes: memory.changes,
      begun: histories.map(({ begun }) => begun),
      sorts: histories.map(({ sorts }) => sorts),
      room,
      session: { member, recorded: shortenSession(member.json), position: before.position },
    };
    return track.view.session;
  }

  return {
    // By what names the session alone, so that no key has to be made; those who share it hang on each other.
    trackOf(tenant, sessionId, subject, owner) {
      let track = tracks.get(sessionId === '' ? subject : sessionId);
      for (let left = SHARERS; track !== undefined && left > 0; left--, track = track.other) {
        if (track.subject === subject && track.owner === owner && track.sessionId === sessionId && track.tenant === tenant)
          return track;
      }
      return newTrack(tenant, sessionId, subject, owner);
    },

    before(track, atMs) {
      const { view } = track;
      return view !== undefined && holds(view, track, atMs, memory.changes) ? view.session : look(track, atMs);
    },

    begin(track, decision) {
      for (const history of track.histories) note(history, decision.deed, decision.atMs);
      memory.begin(decision);
    },

    lost(track, decision) {
      for (const history of track.histories) history.sorts++;
      memory.lost(decision);
    },
  };
}

function holds(view: View, { histories }: Track, atMs: number, changes: number): boolean {
  if (view.second !== secondOf(atMs) || view.changes !== changes) return false;
  for (let i = 0; i < histories.length; i++) {
    const history = histories[i] as Activity;
    if (history.sorts !== view.sorts[i] || history.begun - (view.begun[i] as number) > view.room) return false;
  }
  return true;
}

function note(history: Activity, deed: Deed, atMs: number): void {
  const second = secondOf(atMs);
  if (history.second !== second) {
    history.second = second;
    history.deeds.clear();
  }
  if (!history.deeds.has(deed)) {
    if (history.deeds.size >= DEEDS) history.deeds.clear();
    history.deeds.add(deed);
    history.sorts++;
  }
  history.begun++;
  history.inMinute = inMinute(history, atMs) + 1;
  history.minute = minuteOf(atMs);
}

function roomIn(history: Activity, atMs: number): number {
  return inMinute(history, atMs) >> ROOM_SHIFT;
}

function inMinute(history: Activity, atMs: number): number {
  return history.minute === minuteOf(atMs) ? history.inMinute : 0;
}

function secondOf(atMs: number): number {
  return Math.floor(atMs / SECOND_MS);
}

function minuteOf(atMs: number): number {
  return Math.floor(atMs / MINUTE_MS);
}
