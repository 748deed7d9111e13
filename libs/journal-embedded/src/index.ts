export { type EmbeddedJournalOptions, openEmbeddedJournal } from './embedded-journal.ts';
export { type DataFolderLock, type FolderInUse, lockDataFolder } from './folder-lock.ts';
export { type ProjectionStoreOptions, openProjectionStore } from './projection-store.ts';
