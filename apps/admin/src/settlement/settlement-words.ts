import type { StatementCategory } from '#domain';
import type { StatementRead } from '#domain/stores';
import { type Language, type Messages, translate } from '#domain/i18n';

type Params = Readonly<Record<string, string | number>>;

/** A text of the pages about settlement. */
export const say = (
  language: Language,
  name: keyof Messages['page']['settlement'],
  params: Params = {},
): string => translate(language, `page.settlement.${name}`, params);

/** What one category adds to or takes from the balance of a period, in hao. */
export const categoryHao = (statement: StatementRead, category: StatementCategory): number =>
  category === 'top-ups' ? statement.topUpsHao : statement[`${category}Hao`];
