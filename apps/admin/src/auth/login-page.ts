import { type Language, LANGUAGES, translate } from '#domain/i18n';

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The log-in page: plain HTML without a script. What was typed is not shown again, so nothing can be smuggled into it. */
export function loginPage(
  language: Language,
  { error, action }: { readonly error?: string | undefined; readonly action: string },
): string {
  const t = (key: Parameters<typeof translate>[1]): string => escapeHtml(translate(language, key));
  const switches = LANGUAGES.map((one) =>
    one === language
      ? `<b>${t(`enum.language.${one}`)}</b>`
      : `<a href="?lang=${one}">${t(`enum.language.${one}`)}</a>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('page.login.title')} · 卡供 Kagong</title>
<link rel="icon" href="/admin/frontend/own/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/admin/frontend/own/login.css">
</head>
<body>
<main>
<header><img src="/admin/frontend/own/logo.svg" alt="卡供 Kagong" width="180" height="48"></header>
<h1>${t('page.login.title')}</h1>
<p class="lead">${t('page.login.lead')}</p>
${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<form method="post" action="${escapeHtml(action)}">
<label for="email">${t('field.Staff.email')}</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus maxlength="120">
<label for="password">${t('field.Staff.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
<button type="submit">${t('action.login')}</button>
</form>
<footer>${switches.join(' · ')}</footer>
</main>
</body>
</html>`;
}
