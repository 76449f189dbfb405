import type { z } from 'zod';
import { ApiCall } from '../docs/api-call.js';
import { balanceView } from '../docs/views.js';

export type BalanceView = z.infer<typeof balanceView>;

export const BalanceCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Your balance',
    answers: { 200: { description: 'What you have prepaid.', view: balanceView } },
  });
