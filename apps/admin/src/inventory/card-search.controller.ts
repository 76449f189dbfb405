import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { CARD_TEXT_LENGTH_MAX, DomainError } from '#domain';
import { CardVault, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const search = z.strictObject({ cardNo: z.string().trim().min(1).max(CARD_TEXT_LENGTH_MAX) });

/** Finds the card of a number that a customer reads out. The number comes in a body, so that no log holds it. */
@Controller('admin/command/cards')
export class CardSearchController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
  ) {}

  /** Throws `card.not-found`. */
  @Requires('card.reveal')
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post('find')
  async find(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ cardId: string }> {
    const fingerprint = this.vault.fingerprint(checked(search, body));
    const found = await this.pool.query<{ id: string }>(
      'SELECT id FROM cards WHERE fingerprint = $1',
      [fingerprint],
    );
    const cardId = found.rows[0]?.id;
    if (cardId === undefined) throw new DomainError('card.not-found');
    await writeAudit(this.pool, {
      staffEmail: staff.email,
      action: 'findCard',
      resource: 'Card',
      recordId: cardId,
      requestId: staff.requestId,
      address: staff.address,
    });
    return { cardId };
  }
}
