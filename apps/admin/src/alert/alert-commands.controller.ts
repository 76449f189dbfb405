import { randomBytes } from 'node:crypto';
import { Body, Controller, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import {
  MasterKeys,
  queueTest,
  setChannelAddress,
  setChannelSecret,
  writeAudit,
} from '#domain/stores';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const addressForm = z.strictObject({ address: z.string().trim().min(3).max(500) });
const SECRET_BYTES = 32;
const MAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** What staff do about the channels that alerts go to. */
@Controller('admin/command/alert-channels')
export class AlertCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly masterKeys: MasterKeys,
  ) {}

  @Requires('staff.write')
  @HttpCode(200)
  @Post(':id/address')
  async setAddress(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'addressStored' }> {
    const channelId = uuidOf(id);
    const { address } = checked(addressForm, body);
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ kind: string; is_sandbox: boolean }>(
        'SELECT kind, is_sandbox FROM alert_channels WHERE id = $1 FOR UPDATE',
        [channelId],
      );
      const channel = rows[0];
      if (!channel) throw new DomainError('alert-channel.not-found');
      if (!isAddress(address, channel.kind, channel.is_sandbox))
        throw new DomainError('request.invalid', { pointer: '/address' });
      await setChannelAddress(client, this.masterKeys, { channelId, address });
      await note(client, staff, 'setChannelAddress', channelId);
    });
    return { notice: 'addressStored' };
  }

  @Confirmed()
  @Requires('staff.write')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Post(':id/secret')
  async newSecret(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
  ): Promise<{ secret: string; notice: 'secretMade' }> {
    const channelId = uuidOf(id);
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    await inTransaction(this.pool, async (client) => {
      await setChannelSecret(client, this.masterKeys, { channelId, secret });
      await note(client, staff, 'newChannelSecret', channelId);
    });
    return { secret, notice: 'secretMade' };
  }

  @Requires('staff.write')
  @HttpCode(200)
  @Post(':id/test')
  async test(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
  ): Promise<{ notice: 'testQueued' }> {
    const channelId = uuidOf(id);
    await inTransaction(this.pool, async (client) => {
      await queueTest(client, channelId);
      await note(client, staff, 'testChannel', channelId);
    });
    return { notice: 'testQueued' };
  }
}

function isAddress(address: string, kind: string, isSandbox: boolean): boolean {
  if (kind === 'email') return MAIL.test(address);
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  return protocol === 'https:' || (isSandbox && protocol === 'http:');
}

function note(
  client: pg.PoolClient,
  staff: PanelStaff,
  action: string,
  recordId: string,
): Promise<void> {
  return writeAudit(client, {
    staffEmail: staff.email,
    action,
    resource: 'AlertChannel',
    recordId,
    requestId: staff.requestId,
    address: staff.address,
  });
}
