export { status } from '@grpc/grpc-js';
export { type GrpcLog, MalformedMessage, StatusError } from './status.ts';
export type { Call } from './call.ts';
export {
  type Handler,
  type MethodRegistration,
  type RawBidi,
  type RawClientStream,
  type RawHandler,
  type RawServerStream,
  type RawUnary,
  type ServiceRegistration,
  decode,
  encode,
  registration,
} from './registration.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { type GrpcServer, type GrpcServerOptions, startGrpcServer } from './server.ts';
export { type Client, type ClientCallOptions, type ClientOptions, createClient } from './client.ts';
