import { type Language, LANGUAGES, translate } from '#domain/i18n';
import { doorPage, escapedTexts, escapeHtml } from './door-page.js';

/** The log-in page. */
export function loginPage(
  language: Language,
  { error, action }: { readonly error?: string | undefined; readonly action: string },
): string {
  const t = escapedTexts(language);
  const switches = LANGUAGES.map((one) =>
    one === language
      ? `<b>${t(`enum.language.${one}`)}</b>`
      : `<a href="?lang=${one}">${t(`enum.language.${one}`)}</a>`,
  );
  return doorPage(language, {
    title: 'page.login.title',
    lead: translate(language, 'page.login.lead'),
    error,
    body: `<form method="post" action="${escapeHtml(action)}">
<label for="email">${t('field.Staff.email')}</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus maxlength="120">
<label for="password">${t('field.Staff.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
<button type="submit">${t('action.login')}</button>
</form>`,
    foot: switches.join(' · '),
  });
}
