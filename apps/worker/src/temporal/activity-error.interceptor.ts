import { Logger } from '@nestjs/common';
import type { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor, ActivityInterceptors } from '@temporalio/worker';
import { DomainError } from '#domain';
import { isDatabaseAway } from '#domain/database';

const logger = new Logger('Activity');

/**
 * What leaves an activity is written into a history: codes of ours, never the text of a driver or of an HTTP library.
 * The whole error goes to the log.
 */
export function activityErrorInterceptor(context: Context): ActivityInterceptors {
  const { activityType, workflowExecution } = context.info;
  const inbound: ActivityInboundCallsInterceptor = {
    execute: async (input, next) => {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        const failure = mapActivityError(error);
        if (failure.type === 'service.failed')
          logger.error(`${activityType} of ${workflowExecution?.workflowId ?? '?'}`, error);
        throw failure;
      }
    },
  };
  return { inbound };
}

/** A refusal of ours is final; a database that is away is worth another try; anything else is too, but says so. */
export function mapActivityError(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof DomainError && error.code !== 'service.unavailable')
    return bare(error.code, true);
  if (error instanceof DomainError || isDatabaseAway(error))
    return bare('service.unavailable', false);
  return bare('service.failed', false);
}

function bare(code: string, nonRetryable: boolean): ApplicationFailure {
  const failure = ApplicationFailure.create({ message: code, type: code, nonRetryable });
  delete failure.stack;
  return failure;
}
