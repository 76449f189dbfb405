import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SigningCredential } from '#domain/stores';

/** Who signed the request, and with which nonce. */
export interface CallerIdentity {
  readonly credentialId: string;
  readonly nonce: string;
  readonly platform: SigningCredential['platform'];
}

export type SignedRequest = FastifyRequest & { caller: CallerIdentity };

/** The platform that signed the request. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): CallerIdentity =>
    context.switchToHttp().getRequest<SignedRequest>().caller,
);

export const UNSIGNED = 'unsigned';
/** A route that anybody may call. */
export const Unsigned = () => SetMetadata(UNSIGNED, true);

export const RECORDS_NONCE = 'records-nonce';
/** A route that records the nonce itself, in the transaction of what it does. */
export const RecordsNonce = () => SetMetadata(RECORDS_NONCE, true);
