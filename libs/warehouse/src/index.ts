export { type WarehouseOptions, openWarehouse } from './warehouse.ts';
export type { WarehouseLog } from './log.ts';
export { MIGRATIONS, type Migration, checksumOf } from './migrations/index.ts';
