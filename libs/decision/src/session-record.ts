/**
 * `input.session` for the record. The histories of a session, its agent and its owner are often the same, and long: then the second and
 * the third are recorded as `"="`, which no history is.
 */

/** Shorter ones are recorded as they are. */
const WORTH_UNITS = 400;

const SESSION = ',"session":';
const AGENT = ',"agent":';
const OWNER = ',"owner":';
const SAME = '"="';

export function shortenSession(json: string): string {
  if (json.length < WORTH_UNITS) return json;
  const agentAt = json.indexOf(AGENT);
  const ownerAt = json.lastIndexOf(OWNER);
  if (agentAt < 0 || ownerAt < agentAt) return json;
  const sessionAt = json.indexOf(SESSION);
  const session = sessionAt < 0 ? undefined : json.slice(sessionAt + SESSION.length, agentAt);
  const agent = json.slice(agentAt + AGENT.length, ownerAt);
  const owner = json.slice(ownerAt + OWNER.length, -1);
  const short = `${json.slice(0, agentAt)}${AGENT}${agent === session ? SAME : agent}${OWNER}${owner === agent ? SAME : owner}}`;
  // Names in a history may look like these members: what does not come back as it was is recorded as it is.
  return lengthenSession(short) === json ? short : json;
}

export function lengthenSession(recorded: string): string {
  const agentAt = recorded.indexOf(`${AGENT}${SAME}`);
  const sessionAt = recorded.indexOf(SESSION);
  let json = recorded;
  if (agentAt >= 0 && sessionAt >= 0) {
    const session = recorded.slice(sessionAt + SESSION.length, agentAt);
    json = `${recorded.slice(0, agentAt)}${AGENT}${session}${recorded.slice(agentAt + AGENT.length + SAME.length)}`;
  }
  const end = `${OWNER}${SAME}}`;
  if (!json.endsWith(end)) return json;
  const agent = json.slice(json.indexOf(AGENT) + AGENT.length, -end.length);
  return `${json.slice(0, -end.length)}${OWNER}${agent}}`;
}
