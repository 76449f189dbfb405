import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { CARD_TEXT_LENGTH_MAX, DomainError } from '#domain';
import { CardVault } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { findCard } from './find-card.js';

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
    const cardId = await findCard(this.pool, fingerprint, staff);
    if (cardId === undefined) throw new DomainError('card.not-found');
    return { cardId };
  }
}
