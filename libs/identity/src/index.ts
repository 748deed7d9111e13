export type { IdentityEvent, TokenIssued, TokenRevoked } from './events.ts';
export { type IdentityRefusal, type IssuedToken, type TokenRequest, issueToken } from './issue.ts';
export { TokenRegistry, type TokenView } from './registry.ts';
export {
  type GrantClaims,
  type GrantRefusal,
  type UntrustedGrant,
  claimedApprovalId,
  readGrant,
  signGrant,
  verifyGrant,
} from './grant.ts';
