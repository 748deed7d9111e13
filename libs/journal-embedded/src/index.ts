export { type EmbeddedJournalOptions, openEmbeddedJournal } from './embedded-journal.ts';
export { type ProjectionStoreOptions, openProjectionStore } from './projection-store.ts';
