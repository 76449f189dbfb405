import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { DomainError, isConfirmed, mayStaff, type Permission } from '#domain';
import type { PanelStaff } from '../resource/resource-definition.js';

const REQUIRES = 'kagong:requires';
const OPEN = 'kagong:open';
const CONFIRMED = 'kagong:confirmed';

/** The permission that a call of ours asks for. */
export const Requires = (permission: Permission) => SetMetadata(REQUIRES, permission);
/** Whoever is logged in may call it. */
export const ForAllStaff = () => SetMetadata(REQUIRES, null);
/** Whoever comes may call it; for health only. */
export const Open = () => SetMetadata(OPEN, true);

/** What shows codes or pays money out: whoever calls it has proven in the last minutes who they are. */
export const Confirmed = () => SetMetadata(CONFIRMED, true);

/** Default deny: a call that names no permission is refused, whoever asks. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<true | undefined>(OPEN, places)) return true;
    const { staff, session } = context.switchToHttp().getRequest<Request>();
    if (!staff) throw new DomainError('auth.refused');
    const permission = this.reflector.getAllAndOverride<Permission | null | undefined>(
      REQUIRES,
      places,
    );
    if (permission === undefined || (permission !== null && !mayStaff(staff.role, permission)))
      throw new DomainError('staff.forbidden');
    const asks = this.reflector.getAllAndOverride<true | undefined>(CONFIRMED, places) === true;
    if (asks && !isConfirmed(session.confirmedAtMs, Date.now()))
      throw new DomainError('staff.confirm-required');
    return true;
  }
}

/** The person who calls, with what every change is written down with. */
export const Staff = createParamDecorator((_: unknown, context: ExecutionContext): PanelStaff => {
  const request = context.switchToHttp().getRequest<Request>();
  if (!request.staff) throw new DomainError('auth.refused');
  const { requestId, sessionID: sessionId, ip: address = null } = request;
  return { ...request.staff, requestId, address, sessionId };
});
