/** The generated contracts, gathered under one name a package. */
export * as event from './gen/countersign/event/v1/event_pb.ts';
export * as decision from './gen/countersign/decision/v1/decision_pb.ts';
export * as approval from './gen/countersign/approval/v1/approval_pb.ts';
export * as lineage from './gen/countersign/lineage/v1/lineage_pb.ts';
export * as health from './gen/grpc/health/v1/health_pb.ts';
export * as reflection from './gen/grpc/reflection/v1/reflection_pb.ts';
