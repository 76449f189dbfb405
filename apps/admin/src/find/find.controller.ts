import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { CARD_TEXT_LENGTH_MAX, mayStaff } from '#domain';
import { CardVault } from '#domain/stores';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import type { FoundGroup } from '../components/find-views.js';
import { checked } from '../http/checked.js';
import { findCard } from '../inventory/find-card.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { RESOURCES } from '../resources/registry.js';
import { findRecords } from './find-records.js';

const question = z.strictObject({ text: z.string().trim().min(2).max(CARD_TEXT_LENGTH_MAX) });

/** One search box for whatever bears a number or a name. The words come in a body: they may be a card code, which no log may hold. */
@Controller('admin/command/find')
export class FindController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
  ) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post()
  async find(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{ groups: readonly FoundGroup[] }> {
    const { text } = checked(question, body);
    const found = await Promise.all(
      RESOURCES.map((definition) => findRecords(definition, text, staff.role)),
    );
    const groups = found.filter((group) => group !== undefined);
    return { groups: [...(await this.cardOf(staff, text)), ...groups] };
  }

  /** A card by its whole code, for those who may see codes; that somebody had the code is written down. */
  private async cardOf(staff: PanelStaff, cardNo: string): Promise<FoundGroup[]> {
    if (!mayStaff(staff.role, 'card.reveal')) return [];
    const fingerprint = this.vault.fingerprint({ cardNo });
    const cardId = await findCard(this.pool, fingerprint, staff);
    return cardId === undefined
      ? []
      : [{ entity: 'Card', hits: [{ id: cardId, title: cardId, hint: '', status: null }] }];
  }
}
