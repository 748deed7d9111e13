export { type JournalContext, type JournalPromise, journalContract } from './journal.contract.ts';
export {
  type ProjectionStoreContext,
  type ProjectionStorePromise,
  projectionStoreContract,
} from './projection-store.contract.ts';
export { type LineageStoreContext, type LineageStorePromise, lineageStoreContract } from './lineage-store.contract.ts';
