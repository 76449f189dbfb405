import {
  Connection,
  isGrpcServiceError,
  WorkflowClient,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type ConnectionLike,
} from '@temporalio/client';
import { DomainError } from '#domain';

export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
}

const DEADLINE_MS = 5_000;
/** UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED: the server is away or too busy. */
const AWAY_CODES = new Set([14, 4, 1, 8]);

/** Whether Temporal could not be asked at all: the same call may be made again later. */
export function isTemporalAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (isGrpcServiceError(cause) && AWAY_CODES.has(cause.code)) return true;
  return false;
}

/** A client whose every call ends within its deadline; it connects at its first use and reconnects by itself. */
export abstract class TemporalAccess {
  /** Throws `service.unavailable` where Temporal is away; other errors pass. */
  async call<Result>(work: (client: WorkflowClient) => Promise<Result>): Promise<Result> {
    try {
      const client = await this.client();
      return await client.withDeadline(Date.now() + DEADLINE_MS, () => work(client));
    } catch (error) {
      if (isTemporalAway(error)) throw new DomainError('service.unavailable');
      throw error;
    }
  }

  protected abstract client(): Promise<WorkflowClient>;
  abstract close(): Promise<void>;
}

/** For programs that only talk to runs (the panel). */
export class LazyTemporalAccess extends TemporalAccess {
  private readonly connection: Connection;
  private readonly workflows: WorkflowClient;

  constructor({ address, namespace }: TemporalAddress) {
    super();
    this.connection = Connection.lazy({ address, connectTimeout: '3 seconds' });
    this.workflows = workflowClient(this.connection, namespace);
  }

  protected override client(): Promise<WorkflowClient> {
    return Promise.resolve(this.workflows);
  }

  override async close(): Promise<void> {
    await this.connection.close();
  }
}

export function workflowClient(connection: ConnectionLike, namespace: string): WorkflowClient {
  return new WorkflowClient({ connection, namespace });
}
