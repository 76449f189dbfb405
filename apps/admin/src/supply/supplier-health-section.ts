import type { Pool } from 'pg';
import { isSettled, latencyMs, supplierScore, wasGood } from '#domain';
import { translate, type Language } from '#domain/i18n';
import { readSupplierFacts } from '#domain/stores';
import type { RelatedSection } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';

/** How a supplier is doing: its balance as it was last read, how well it delivered today, and the score with its parts. */
export async function supplierHealth(
  pool: Pool,
  language: Language,
  supplierId: string,
): Promise<readonly RelatedSection[]> {
  const nowMs = Date.now();
  const facts = await readSupplierFacts(pool, { supplierId, nowMs });
  if (!facts) return [];
  const { score, parts } = supplierScore(facts, nowMs);
  const { recent, balanceHao, balanceReadAtMs, readFault } = facts;
  const latency = latencyMs(recent);
  const say = (
    name: 'balance' | 'readAt' | 'readFault' | 'success' | 'latency' | 'score' | 'undecidedCount',
  ): string => translate(language, `page.supply.${name}`);
  const fact = (name: Parameters<typeof say>[0], text: string) => ({
    label: say(name),
    value: { text },
  });
  return [
    {
      title: translate(language, 'page.supply.health'),
      hint: translate(language, 'page.supply.healthHint'),
      facts: [
        fact('score', `${score} / 100`),
        fact('balance', balanceHao === null ? '–' : shownAmount(balanceHao)),
        fact('readAt', balanceReadAtMs === null ? '–' : shanghaiTime(new Date(balanceReadAtMs))),
        ...(readFault === null ? [] : [fact('readFault', readFault)]),
        fact('success', `${recent.filter(wasGood).length} / ${recent.filter(isSettled).length}`),
        fact('latency', latency === null ? '–' : `${(latency / 1_000).toFixed(1)} s`),
        fact('undecidedCount', String(facts.undecided)),
      ],
      heads: [translate(language, 'page.supply.part'), translate(language, 'page.supply.points')],
      rows: parts.map(({ part, points, pointsMax }) => [
        { text: translate(language, `enum.scorePart.${part}`) },
        { text: `${points} / ${pointsMax}`, isNumber: true },
      ]),
    },
  ];
}
