/** The clients of the services behind the one gRPC address. */
import { type Client, createClient } from '@countersign/grpc';
import { approval, decision, lineage } from '@countersign/proto';

export interface Clients {
  readonly decision: Client<typeof decision.DecisionService>;
  readonly approval: Client<typeof approval.ApprovalService>;
  readonly lineage: Client<typeof lineage.LineageService>;
  close(): void;
}

/** Nothing is connected before the first call. */
export function openClients(address: string, token: string): Clients {
  const options = { address, token };
  const clients = {
    decision: createClient(decision.DecisionService, options),
    approval: createClient(approval.ApprovalService, options),
    lineage: createClient(lineage.LineageService, options),
  };
  return {
    ...clients,
    close() {
      clients.decision.close();
      clients.approval.close();
      clients.lineage.close();
    },
  };
}
