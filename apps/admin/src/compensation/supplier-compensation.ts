import type { Pool } from 'pg';
import { mayStaff } from '#domain';
import { readCompensationShare } from '#domain/stores';
import { sectionsPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { say } from './compensation-words.js';

/** How much of what a supplier delivered had to be made good, and what it owes us. */
export async function supplierCompensation(
  pool: Pool,
  { language, role }: PanelStaff,
  supplierId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'compensation.read')) return [];
  const facts = await readCompensationShare(pool, supplierId);
  const percent =
    facts.deliveredUnits === 0
      ? '–'
      : `${(Math.ceil((facts.compensatedUnits / facts.deliveredUnits) * 10_000) / 100).toFixed(2)}%`;
  return [
    {
      title: say(language, 'supplierSection'),
      hint: say(language, 'supplierHint'),
      facts: [
        { label: say(language, 'shareOf'), value: { text: percent } },
        { label: say(language, 'compensated'), value: { text: String(facts.compensatedUnits) } },
        { label: say(language, 'delivered'), value: { text: String(facts.deliveredUnits) } },
        {
          label: say(language, 'claimsOpen'),
          value: { text: `${facts.openClaims} · ${shownAmount(facts.openClaimsHao)}` },
        },
      ],
      links: [
        { label: say(language, 'toClaims'), to: sectionsPage('SupplyClaim', 'openClaims', {}) },
      ],
    },
  ];
}
