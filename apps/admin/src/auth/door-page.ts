import { type Language, type MessageKey, translate } from '#domain/i18n';

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export type Texts = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string;

/** Texts that may stand in HTML as they are. */
export const escapedTexts =
  (language: Language): Texts =>
  (key, params) =>
    escapeHtml(translate(language, key, params));

/** The pages before the panel: plain HTML without a script. What was typed is not shown again, so nothing can be smuggled in. */
export function doorPage(
  language: Language,
  page: {
    readonly title: MessageKey;
    readonly lead: string;
    readonly error?: string | undefined;
    /** HTML, made of escaped texts. */
    readonly body: string;
    readonly foot?: string;
  },
): string {
  const t = escapedTexts(language);
  const fault =
    page.error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(page.error)}</p>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t(page.title)} · 卡供 Kagong</title>
<link rel="icon" href="/admin/frontend/own/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/admin/frontend/own/login.css">
</head>
<body>
<main>
<header><img src="/admin/frontend/own/logo.svg" alt="卡供 Kagong" width="180" height="48"></header>
<h1>${t(page.title)}</h1>
<p class="lead">${escapeHtml(page.lead)}</p>
${fault}
${page.body}
${page.foot === undefined ? '' : `<footer>${page.foot}</footer>`}
</main>
</body>
</html>`;
}
