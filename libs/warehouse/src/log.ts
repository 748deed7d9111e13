/** Where the warehouse says what it does; a pino logger fits. */
export interface WarehouseLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
