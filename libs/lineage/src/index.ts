export type {
  ActionFact,
  CallerFact,
  CommandFact,
  DecisionFact,
  EffectFact,
  GrantedFact,
  LineageData,
  LineageEvent,
  OutcomeFact,
  PolicyActivatedFact,
  PolicyRefusedFact,
  ReasonFact,
  RedeemedFact,
  RefusedFact,
  RejectedFact,
  RequestFact,
  RequestedFact,
  RequirementFact,
  RevokedFact,
  SubjectFact,
  TokenIssuedFact,
  VoteFact,
} from './event.ts';
export type { Row } from './place.ts';
export { type Rows, TABLE_NAMES, type TableName, addRows, noRows } from './rows.ts';
export { actorOf, summarise } from './summary.ts';
export { type Edge, edgesOf } from './edges.ts';
export { type Traceable, inCausalOrder } from './order.ts';
