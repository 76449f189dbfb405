export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const DEFAULT_LANGUAGE: Language = 'zh-CN';

/** The language that an `Accept-Language` header prefers; Chinese where it prefers neither of ours. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => parseWish(part))
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wishes) {
    if (tag === '*' || tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return DEFAULT_LANGUAGE;
}

/** `en;q=0.8` as tag and quality; a quality that is no number counts as none. */
function parseWish(part: string): { tag: string; quality: number } {
  const [tag = '', ...options] = part.trim().toLowerCase().split(';');
  const quality = options.map((option) => /^\s*q=([0-9.]+)\s*$/.exec(option)?.[1]).find(Boolean);
  return { tag: tag.trim(), quality: tag === '' ? 0 : quality === undefined ? 1 : Number(quality) };
}
