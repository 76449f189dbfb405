import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, mayStaff, mustHaveSecondFactor } from '#domain';
import { inTransaction } from '#domain/database';
import { LANGUAGES } from '#domain/i18n';
import { writeAudit } from '#domain/stores';
import type { AccountView } from '../components/account-views.js';
import { AdminConfig } from '../config.js';
import { checked } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { LoginThrottle } from './login-throttle.js';
import { hashPassword, isPassword, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './password.js';
import { Confirmed, ForAllStaff, Staff } from './permission.guard.js';
import { SecondFactorService } from './second-factor.service.js';
import { noteInSession } from './session.js';
import { sessionViews } from './session-views.js';
import { endSessionByKey, endSessionsOf, readSessions } from './sessions.store.js';
import {
  changeLanguage,
  changePassword,
  readPasswordHash,
  readSecondFactor,
} from './staff.store.js';

const languageChange = z.strictObject({ language: z.enum(LANGUAGES) });
const proofGiven = z.strictObject({ proof: z.string().min(1).max(PASSWORD_LENGTH_MAX) });
const newPassword = z.strictObject({ password: z.string().max(PASSWORD_LENGTH_MAX) });
const nothing = z.strictObject({});
/** What `sessionKey` makes. */
export const sessionKeyField = z.string().regex(/^[0-9a-f]{32}$/);

/** What everybody may see and change about themselves. */
@Controller('admin')
export class AccountController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly config: AdminConfig,
    private readonly throttle: LoginThrottle,
    private readonly secondFactor: SecondFactorService,
  ) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @Get('data/account')
  async account(@Staff() staff: PanelStaff): Promise<AccountView> {
    const { since, codesLeft } = await readSecondFactor(this.pool, staff.id);
    const seesAll = mayStaff(staff.role, 'staff.write');
    const sessions = await readSessions(this.pool, seesAll ? null : staff.id);
    const isMine = (one: { readonly staffId: string }): boolean => one.staffId === staff.id;
    return {
      name: staff.name,
      email: staff.email,
      secondFactor: {
        since: since && shanghaiTime(since),
        codesLeft,
        isRequired: mustHaveSecondFactor(staff.role, this.config.secondFactor),
      },
      mine: sessionViews(sessions.filter(isMine), staff),
      others: seesAll
        ? sessionViews(
            sessions.filter((one) => !isMine(one)),
            staff,
          )
        : null,
    };
  }

  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/language')
  async language(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ done: true }> {
    await changeLanguage(this.pool, staff.id, checked(languageChange, body).language);
    return { done: true };
  }

  /** Proves once more who is sitting there, by the password or by a code. */
  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/confirm')
  async confirm(
    @Staff() staff: PanelStaff,
    @Req() request: Request,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    const { proof } = checked(proofGiven, body);
    if ((await this.throttle.takeProof(staff.id)) !== undefined)
      throw new DomainError('staff.tries-exceeded');
    if (!(await this.isProof(staff, proof))) {
      await this.note(staff, 'confirmRefused');
      throw new DomainError('staff.confirm-refused');
    }
    await this.throttle.forgetProof(staff.id);
    await noteInSession(request, { confirmedAtMs: Date.now() });
    return { done: true };
  }

  /** For forms of the library: asks for the proof before they are sent. */
  @Confirmed()
  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/sure')
  sure(@Body() body: unknown): { done: true } {
    checked(nothing, body);
    return { done: true };
  }

  @Confirmed()
  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/password')
  async password(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ done: true }> {
    const { password } = checked(newPassword, body);
    if (password.length < PASSWORD_LENGTH_MIN)
      throw new Refusal('passwordShort', { min: PASSWORD_LENGTH_MIN });
    const passwordHash = await hashPassword(password);
    await inTransaction(this.pool, async (client) => {
      await changePassword(client, staff.id, passwordHash);
      await endSessionsOf(client, staff.id, staff.sessionId);
      await writeAudit(client, this.entry(staff, 'passwordChanged'));
    });
    return { done: true };
  }

  @Confirmed()
  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post('command/me/recovery-codes')
  async recoveryCodes(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{ codes: readonly string[] }> {
    checked(nothing, body);
    return { codes: await this.secondFactor.renewRecoveryCodes(staff) };
  }

  @Confirmed()
  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/second-factor/off')
  async secondFactorOff(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    checked(nothing, body);
    if (mustHaveSecondFactor(staff.role, this.config.secondFactor))
      throw new DomainError('staff.second-factor-required');
    await this.secondFactor.turnOff(staff);
    return { done: true };
  }

  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/sessions/end-others')
  async endOthers(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ ended: number }> {
    checked(nothing, body);
    const ended = await endSessionsOf(this.pool, staff.id, staff.sessionId);
    await this.note(staff, 'sessionsEnded', { ended });
    return { ended };
  }

  @ForAllStaff()
  @HttpCode(200)
  @Post('command/me/sessions/:key/end')
  async endOne(
    @Staff() staff: PanelStaff,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    checked(nothing, body);
    const ended = await endSessionByKey(this.pool, checked(sessionKeyField, key), staff.id);
    if (ended === undefined) throw new DomainError('request.not-found');
    await this.note(staff, 'sessionsEnded', { ended: 1 });
    return { done: true };
  }

  private async isProof(staff: PanelStaff, proof: string): Promise<boolean> {
    if (await isPassword(proof, await readPasswordHash(this.pool, staff.id))) return true;
    return staff.hasSecondFactor && this.secondFactor.prove(staff, proof, Date.now());
  }

  private note(
    staff: PanelStaff,
    action: string,
    after: Readonly<Record<string, number>> | null = null,
  ) {
    return writeAudit(this.pool, this.entry(staff, action, after));
  }

  private entry(
    staff: PanelStaff,
    action: string,
    after: Readonly<Record<string, number>> | null = null,
  ) {
    const { id, email: staffEmail, requestId, address } = staff;
    return { staffEmail, action, resource: 'Staff', recordId: id, after, requestId, address };
  }
}
