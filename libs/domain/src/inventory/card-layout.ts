import { looksLikeExpiry } from './card-expiry.js';
import { type CardSeparator, splitFields } from './card-fields.js';

export const CARD_COLUMNS = ['number', 'password', 'expiry'] as const;
export type CardColumn = (typeof CARD_COLUMNS)[number];

/** How the lines of a card file are to be read. */
export interface CardLayout {
  readonly separator: CardSeparator;
  readonly hasHeader: boolean;
  /** What each field means, from left to right; null is a named column that no card has. */
  readonly columns: readonly (CardColumn | null)[];
  /** Whether a line without a password is at fault, because other lines have one. */
  readonly needsPassword: boolean;
}

/** From the plainest mark to the vaguest: an equal count is decided by this order. */
const CANDIDATES = ['----', 'tab', '|', 'comma', 'blank'] as const;
/** Below this share of lines a mark does not explain the file. */
const SHARE_MIN = 0.5;

const HEADER_NAMES: Readonly<Record<CardColumn | 'code', readonly string[]>> = {
  number:
    '卡号,账号,帐号,序列号,编号,cardno,cardnumber,cardnum,cardid,card,number,no,sn,serial,serialno,serialnumber,account'.split(
      ',',
    ),
  password:
    '密码,卡密码,口令,password,cardpassword,passwd,pwd,pass,pin,pincode,secret,cardpwd'.split(','),
  // Alone these are the card itself; beside a number they are its password.
  code: '卡密,兑换码,激活码,充值码,券码,code,cardcode,key,cdkey,cdk,licencekey,licensekey,activationcode,redeemcode'.split(
    ',',
  ),
  expiry:
    '有效期,有效期至,有效日期,有效期限,到期,到期日,到期日期,到期时间,过期,过期日期,过期时间,截止日期,失效日期,expiry,expires,expireson,expiresat,expiration,expirydate,expiredate,expirationdate,expdate,validuntil,validto,validthru'.split(
      ',',
    ),
};
const MEANING = new Map(
  Object.entries(HEADER_NAMES).flatMap(([meaning, names]) =>
    names.map((name) => [name, meaning as CardColumn | 'code'] as const),
  ),
);

/**
 * Finds out how a file is laid out from its first non-empty lines. Undefined where some lines have a mark
 * between fields but most have none: then a person must look.
 */
export function findLayout(sample: readonly string[]): CardLayout | undefined {
  const separator = findSeparator(sample);
  if (separator === undefined) return undefined;
  const rows = sample.map((line) => splitFields(line, separator) ?? []);
  const header = headerColumns(rows[0] ?? [], separator);
  const cards = header ? rows.slice(1) : rows;
  const columns = header ?? unnamedColumns(cards, separator);
  const passwordAt = columns.indexOf('password');
  return {
    separator,
    hasHeader: header !== undefined,
    columns,
    needsPassword: passwordAt !== -1 && cards.some((fields) => (fields[passwordAt] ?? '') !== ''),
  };
}

function unnamedColumns(
  cards: readonly (readonly string[])[],
  separator: CardSeparator,
): readonly CardColumn[] {
  if (separator === 'none') return ['number'];
  return onlyExpiryFollows(cards) ? ['number', 'expiry'] : CARD_COLUMNS;
}

function findSeparator(sample: readonly string[]): CardSeparator | undefined {
  let best: { separator: CardSeparator; count: number } = { separator: 'none', count: 0 };
  for (const separator of CANDIDATES) {
    const count = sample.filter((line) => isDivided(line, separator)).length;
    if (count > best.count) best = { separator, count };
  }
  return best.count > 0 && best.count < sample.length * SHARE_MIN ? undefined : best.separator;
}

function isDivided(line: string, separator: CardSeparator): boolean {
  const fields = splitFields(line, separator);
  return fields !== undefined && fields.length > 1 && fields[0] !== '';
}

/** The columns that a header names; undefined where the line is not a header. */
function headerColumns(
  fields: readonly string[],
  separator: CardSeparator,
): (CardColumn | null)[] | undefined {
  const names = separator === 'blank' ? joinedNames(fields) : fields;
  const found = names.map((name) => MEANING.get(plainName(name)));
  const known = found.filter((meaning) => meaning !== undefined);
  if (known.length === 0 || (known.length < 2 && known.length < names.length)) return undefined;
  const codeIs = found.includes('number') ? 'password' : 'number';
  const columns = found.map((meaning) => (meaning === 'code' ? codeIs : (meaning ?? null)));
  if (columns.includes('number')) return columns;
  // A file of passwords only: the password is the card.
  const renamed = columns.map((column) => (column === 'password' ? 'number' : column));
  return renamed.includes('number') ? renamed : undefined;
}

/** `Card No` is one name, even where blanks stand between the columns. */
function joinedNames(fields: readonly string[]): string[] {
  const names: string[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const pair = `${fields[at] ?? ''}${fields[at + 1] ?? ''}`;
    if (at + 1 < fields.length && MEANING.has(plainName(pair))) {
      names.push(pair);
      at += 1;
    } else names.push(fields[at] ?? '');
  }
  return names;
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.:*-]|\(.*\)/g, '');
}

/** Lines of a code and a day, without a password between them. */
function onlyExpiryFollows(rows: readonly (readonly string[])[]): boolean {
  const pairs = rows.filter((fields) => fields.length > 1);
  return (
    pairs.length > 0 && pairs.every((fields) => looksLikeExpiry(fields.slice(1).join(' ').trim()))
  );
}
