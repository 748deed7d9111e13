export { type WarehouseOptions, openWarehouse } from './warehouse.ts';
export type { WarehouseLog } from './log.ts';
export { MIGRATIONS, type Migration, checksumOf } from './migrations/index.ts';
export { type EmbeddedClickHouse, type EmbeddedClickHouseOptions, startEmbeddedClickHouse } from './embedded/supervisor.ts';
export type { ReaderCredential } from './embedded/protocol.ts';
