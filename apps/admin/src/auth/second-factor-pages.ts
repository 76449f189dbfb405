import qrcode from 'qrcode-generator';
import { type Language, translate } from '#domain/i18n';
import { doorPage, escapedTexts, escapeHtml } from './door-page.js';
import { LOGOUT_PATH, SECOND_FACTOR_PATH, SETUP_PATH } from './auth-paths.js';
import { base32, totpUri } from './totp.js';

const CODE_INPUT =
  'name="code" type="text" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" required maxlength="40"';

/** Asks for the code of the app after the password was right. */
export function secondFactorPage(language: Language, error?: string): string {
  const t = escapedTexts(language);
  return doorPage(language, {
    title: 'page.secondFactor.title',
    lead: translate(language, 'page.secondFactor.lead'),
    error,
    body: `<form method="post" action="${SECOND_FACTOR_PATH}">
<label for="code">${t('page.secondFactor.code')}</label>
<input id="code" ${CODE_INPUT} class="code" autofocus>
<p class="hint">${t('page.secondFactor.orRecovery')}</p>
<button type="submit">${t('action.login')}</button>
</form>`,
    foot: leave(language),
  });
}

/** Shows the secret as a picture and as text, and asks for a first code as proof that the app has it. */
export function setupPage(
  language: Language,
  setup: {
    readonly secret: Buffer;
    readonly email: string;
    /** Whoever cannot do anything else before is told so. */
    readonly isRequired: boolean;
    readonly asksPassword: boolean;
    readonly error?: string | undefined;
  },
): string {
  const t = escapedTexts(language);
  const secret = (base32(setup.secret).match(/.{1,4}/g) ?? []).join(' ');
  const uri = totpUri(setup.secret, { issuer: '卡供 Kagong', account: setup.email });
  const password = setup.asksPassword
    ? `<label for="password">${t('page.secondFactor.yourPassword')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">`
    : '';
  return doorPage(language, {
    title: 'page.secondFactor.setupTitle',
    lead: translate(
      language,
      setup.isRequired ? 'page.secondFactor.mustLead' : 'page.secondFactor.setupLead',
    ),
    error: setup.error,
    body: `<ol class="steps">
<li>${t('page.secondFactor.stepApp')}</li>
<li>${t('page.secondFactor.stepScan')}
<div class="qr">${qrSvg(uri, t('page.secondFactor.picture'))}</div>
<details><summary>${t('page.secondFactor.cannotScan')}</summary><code>${secret}</code></details></li>
<li>${t('page.secondFactor.stepCode')}</li>
</ol>
<form method="post" action="${SETUP_PATH}">
<label for="code">${t('page.secondFactor.code')}</label>
<input id="code" ${CODE_INPUT} class="code" inputmode="numeric">
${password}
<button type="submit">${t('action.secondFactorOn')}</button>
</form>`,
    foot: setup.isRequired
      ? leave(language)
      : `<a href="/admin/pages/account">${t('action.cancel')}</a>`,
  });
}

/** The recovery codes, this once. */
export function recoveryCodesPage(language: Language, codes: readonly string[]): string {
  const t = escapedTexts(language);
  return doorPage(language, {
    title: 'page.secondFactor.codesTitle',
    lead: translate(language, 'page.secondFactor.codesLead'),
    body: `<ul class="codes">${codes.map((code) => `<li><code>${escapeHtml(code)}</code></li>`).join('')}</ul>
<p class="hint">${t('page.secondFactor.codesHint')}</p>
<a class="button" href="/admin">${t('action.codesKept')}</a>`,
  });
}

const leave = (language: Language): string =>
  `<form method="post" action="${LOGOUT_PATH}"><button type="submit" class="link">${escapedTexts(language)('action.otherAccount')}</button></form>`;

const MARGIN = 2;

/** Drawn on this page itself: no other place ever learns the secret. */
function qrSvg(text: string, label: string): string {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * MARGIN;
  const indices = Array.from({ length: count }, (_, index) => index);
  const dots = indices.flatMap((row) =>
    indices
      .filter((column) => code.isDark(row, column))
      .map((column) => `M${column + MARGIN} ${row + MARGIN}h1v1h-1z`),
  );
  return `<svg viewBox="0 0 ${size} ${size}" width="208" height="208" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${dots.join('')}"/></svg>`;
}
