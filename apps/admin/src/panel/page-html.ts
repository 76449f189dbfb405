const STATE = /(window\.REDUX_STATE = )(.*)(;\n\s+window\.THEME = )/s;
const OUTSIDE_FONT = /<link [^>]*fonts\.googleapis\.com[^>]*>/g;
const ASSET = /(["'])(\/admin\/frontend\/[^"'?]+)\1/g;

/**
 * Makes the library's page safe to send: no outside font, no text of staff that could end the script it stands in, a nonce at
 * every script, and a version at every file, so that browsers may keep it.
 */
export function securedPage(
  html: string,
  nonce: string,
  versionOf: (path: string) => string | undefined,
): string {
  return html
    .replace(
      STATE,
      (_, start: string, state: string, end: string) => start + escapeScript(state) + end,
    )
    .replace(OUTSIDE_FONT, '')
    .replace(ASSET, (found, quote: string, path: string) => {
      const version = versionOf(path);
      return version === undefined ? found : `${quote}${path}?v=${version}${quote}`;
    })
    .replace(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
}

const UNSAFE: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

const escapeScript = (json: string): string =>
  json.replace(/[<\u2028\u2029]/g, (sign) => UNSAFE[sign] ?? sign);
