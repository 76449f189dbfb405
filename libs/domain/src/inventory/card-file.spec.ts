import { CardFileReader, previewCardFile } from './card-file.js';
import { DomainError } from '../shared/domain-error.js';
import type { EncodingChoice } from './card-encoding.js';

const TODAY = '2026-11-24';
/** 卡号,密码 in GBK. */
const GBK_HEADER = Buffer.from([0xbf, 0xa8, 0xba, 0xc5, 0x2c, 0xc3, 0xdc, 0xc2, 0xeb]);
/** 中 in GBK. */
const GBK_ZHONG = Buffer.from([0xd6, 0xd0]);

/** Reads a file that arrives in pieces of `size` bytes; lines come back as `number/password/day` or their reason. */
function read(file: Buffer | string, size = 7, choice: EncodingChoice = 'auto'): string[] {
  const bytes = Buffer.isBuffer(file) ? file : Buffer.from(file, 'utf8');
  const reader = new CardFileReader(choice, TODAY);
  const lines = [];
  for (let at = 0; at < bytes.length; at += size)
    lines.push(...reader.push(bytes.subarray(at, at + size)));
  lines.push(...reader.end());
  return lines.map(({ lineNo, line }) =>
    typeof line === 'string'
      ? `${lineNo}:${line}`
      : `${lineNo}:${line.cardNo}/${line.cardPassword}/${line.expiresOn ?? '-'}`,
  );
}

describe('the layout of a card file', () => {
  it.each([
    ['comma', 'A1,P1\nA2,P2,2027-12-31', ['1:A1/P1/-', '2:A2/P2/2027-12-31']],
    ['tab', 'A1\tP1\nA2\tP2\t2027/12/31', ['1:A1/P1/-', '2:A2/P2/2027-12-31']],
    ['|', 'A1|P1\nA2 | P2 | 20271231', ['1:A1/P1/-', '2:A2/P2/2027-12-31']],
    ['----', 'A-1----P,1\nA-2----P|2----2027.12.31', ['1:A-1/P,1/-', '2:A-2/P|2/2027-12-31']],
    ['blanks', 'A1 P1\nA2   P2  2027-12-31 23:59:59', ['1:A1/P1/-', '2:A2/P2/2027-12-31']],
    ['nothing', 'AAAA-1111\n\n0001', ['1:AAAA-1111//-', '3:0001//-']],
  ])('is found out where %s stands between the fields', (_, file, cards) => {
    expect(read(file)).toEqual(cards);
  });

  it.each([
    ['卡号,密码,有效期\n001,002,2027年1月5日', ['2:001/002/2027-01-05']],
    ['有效期\t卡密\t卡号\n2027-01-05\tP\tN', ['2:N/P/2027-01-05']],
    ['Card No,Password,Expiry Date\nN,P,2027-1-5 10:00', ['2:N/P/2027-01-05']],
    ['Card No  Password\nN P', ['2:N/P/-']],
    ['卡密\nONE', ['2:ONE//-']],
    ['code,expiry\nONE,20270105', ['2:ONE//2027-01-05']],
    ['"卡号","面值","卡密"\nN,100,P', ['2:N/P/-']],
  ])('has a header in Chinese or English with columns in any order: %j', (file, cards) => {
    expect(read(file)).toEqual(cards);
  });

  it('takes a first card for a card, even where it reminds of a header', () => {
    expect(read('password,12345\nN2,P2')).toEqual(['1:password/12345/-', '2:N2/P2/-']);
  });

  it('tells a code and a day from a code and a password of digits', () => {
    expect(read('N1,2027-12-31\nN2,2027-12-30')).toEqual(['1:N1//2027-12-31', '2:N2//2027-12-30']);
    expect(read('N1,20271231')).toEqual(['1:N1/20271231/-']);
  });

  it('refuses to guess where most lines have no mark but some have', () => {
    expect(() => read('A\nB\nC\nD,1')).toThrow(new DomainError('import.layout-unknown'));
  });
});

describe('a line of a card file', () => {
  it.each([
    ['N2', 'missing-password'],
    ['N2,', 'missing-password'],
    [',P2', 'missing-number'],
    ['N2,P2,2027-02-29', 'bad-expiry'],
    ['N2,P2,soon', 'bad-expiry'],
    ['N2,P2,2026-11-23', 'expired'],
    ['N2,P2,,x', 'too-many-fields'],
    ['N2,"P2', 'bad-quotes'],
    ['"N2"x,P2', 'bad-quotes'],
    ['N\u00072,P2', 'control-character'],
    ['N2\u200b,P2', 'control-character'],
    [`${'N'.repeat(513)},P2`, 'too-long'],
    [`N2,${'P'.repeat(20_000)}`, 'too-long'],
  ])('is refused with its reason: %.20s', (line, reason) => {
    expect(read(`N1,P1\n${line}\nN3,P3`)).toEqual(['1:N1/P1/-', `2:${reason}`, '3:N3/P3/-']);
  });

  it('may be sold on its last day', () => {
    expect(read('N,P,2026-11-24')).toEqual(['1:N/P/2026-11-24']);
  });

  it('keeps leading zeros, quoted commas and doubled quotes', () => {
    expect(read('007,"a,b"\n008,"say ""hi"""\n009,P,')).toEqual([
      '1:007/a,b/-',
      '2:008/say "hi"/-',
      '3:009/P/-',
    ]);
  });

  it('with a mark is refused in a file of plain codes', () => {
    const codes = Array.from({ length: 200 }, (_, at) => `CODE${at}`).join('\n');
    expect(read(`${codes}\nLATE,P`).at(-1)).toBe('201:too-many-fields');
  });
});

describe('the encoding of a card file', () => {
  const card = ['2:1/中/-'];
  const text = '卡号,密码\r\n1,中';
  const utf16le = Buffer.from(`\ufeff${text}`, 'utf16le');
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE', utf16le],
    ['UTF-16 BE', Buffer.from(utf16le).swap16()],
    ['GBK', Buffer.concat([GBK_HEADER, Buffer.from('\n1,'), GBK_ZHONG])],
  ])('%s is found out, wherever the pieces are cut', (_, file) => {
    for (const size of [1, 2, 3, 5, 1_000]) expect(read(file, size)).toEqual(card);
  });

  it('is found out at the first byte beyond ASCII, however late it comes', () => {
    const ascii = Array.from({ length: 5_000 }, (_, at) => `${at},P`).join('\n');
    const file = Buffer.concat([Buffer.from(`${ascii}\nlast,`), GBK_ZHONG]);
    expect(read(file, 64).at(-1)).toBe('5001:last/中/-');
  });

  it('can be forced', () => {
    const file = Buffer.concat([Buffer.from('1,'), GBK_ZHONG]);
    expect(read(file, 3, 'gbk')).toEqual(['1:1/中/-']);
    expect(() => read(file, 3, 'utf-8')).toThrow(new DomainError('import.encoding-unknown'));
  });

  it('is refused where bytes are in no encoding, rather than sold as another code', () => {
    const file = Buffer.from([0x31, 0x2c, 0xff, 0xff, 0x0a]);
    expect(() => read(file)).toThrow(new DomainError('import.encoding-unknown'));
  });

  it.each(['\n', '\r\n', '\r'])('lines end in %j', (end) => {
    for (const size of [1, 2, 5])
      expect(read(`A,1${end}${end}B,2${end}`, size)).toEqual(['1:A/1/-', '3:B/2/-']);
  });
});

describe('the preview', () => {
  it('shows the layout and the first ten lines with masked codes', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `SECRETNUMBER${at},short${at},2027-12-31`);
    const file = Buffer.from(['卡号,密码,有效期', ...lines, 'CUT-OFF'].join('\n'));
    const preview = previewCardFile(file, { encoding: 'auto', today: TODAY, isWhole: false });
    expect(preview.layout).toMatchObject({ separator: 'comma', hasHeader: true });
    expect(preview.lines).toHaveLength(10);
    expect(preview.lines[0]).toEqual({
      lineNo: 2,
      cardNo: 'SE****R0',
      cardPassword: '****',
      expiresOn: '2027-12-31',
      reason: null,
    });
    expect(JSON.stringify(preview)).not.toMatch(/NUMBER\d|short/);
  });

  it('says that a file has no cards', () => {
    const options = { encoding: 'auto', today: TODAY, isWhole: true } as const;
    expect(() => previewCardFile(Buffer.from('卡号,密码\n\n'), options)).toThrow(
      new DomainError('import.empty'),
    );
  });
});
