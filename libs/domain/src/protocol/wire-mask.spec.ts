import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ADAPTERS, maskBody, maskReply, maskRequest } from './index.js';
import type { Adapter, Connection, CreateRequest, Exchange, SupplyKind } from './protocol.js';

const SECRET = 'S3CR3T-0f9a1c7e55d2';
const ACCOUNT = '13912345678';
const CARD_SIGNS_MIN = 6;
/** The cards of their examples are encrypted, so they cannot be made longer, and short. */
const WITH_SHORT_CARDS = ['xinghai', 'julangyun'];
const names = Object.keys(ADAPTERS);
const adapterOf = (name: string): Adapter => ADAPTERS[name] as Adapter;
const connectionOf = (name: string): Connection => {
  const vectors = JSON.parse(
    readFileSync(path.join(import.meta.dirname, `${name}.vectors.json`), 'utf8'),
  ) as { connection: Connection };
  // Some secrets are keys of a fixed length: theirs stays, and is looked for.
  return vectors.connection.secret.length >= 16
    ? vectors.connection
    : { ...vectors.connection, secret: SECRET };
};

const replied = (text: string): Exchange => ({
  result: 'reply',
  status: 200,
  body: Buffer.from(text),
});

describe.each(names)('what is kept of %s', (name) => {
  const adapter = adapterOf(name);
  const connection = connectionOf(name);
  const request = (kind: SupplyKind): CreateRequest => ({
    attemptNo: 'K2611240000001AB',
    kind,
    supplierProductId: '555',
    quantity: 1,
    account: kind === 'top-up' ? { account: ACCOUNT } : {},
    guard: { unitHao: 99_000, totalHao: 99_000 },
    callbackUrl: 'https://ours.example.com/supply/notifications/x',
  });

  it.each(adapter.kinds)(
    'names the attempt, but neither secret, signature nor account: %s',
    (kind) => {
      const key = { attemptNo: 'K2611240000001AB', kind, supplierOrderNo: undefined };
      const sent = [
        adapter.encodeCreate(request(kind), connection, 1_800_000_000_000),
        adapter.encodeQuery(key, connection, 1_800_000_000_000),
      ];
      for (const wire of sent) {
        const kept = maskRequest(wire, connection);
        expect(kept).toContain('K2611240000001AB');
        expect(kept).not.toContain(connection.secret);
        expect(kept).not.toContain(ACCOUNT);
        for (const signature of signaturesIn(JSON.stringify(wire)))
          expect(kept).not.toContain(signature);
      }
    },
  );
});

/** Whatever looks like a digest, but for the boundary of a form in parts. */
const signaturesIn = (text: string): string[] =>
  text.replaceAll(/form-[0-9a-f]+/g, '').match(/\b[0-9a-fA-F]{32,64}\b/g) ?? [];

describe('cards in replies', () => {
  interface Query {
    readonly kind: SupplyKind;
    readonly reply: object;
  }
  const queriesOf = (name: string): Query[] =>
    (
      JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.vectors.json`), 'utf8')) as {
        queries: Query[];
      }
    ).queries;

  it.each(names)('are in nothing that is kept: %s', (name) => {
    const connection = connectionOf(name);
    let looked = 0;
    for (const { kind, reply } of queriesOf(name)) {
      const long = JSON.parse(
        JSON.stringify(reply).replaceAll(/"(NO|P)(\/?\d)"/g, '"$1-LONG-CARD-77-$2"'),
      ) as object;
      const exchange = replied(JSON.stringify(long));
      const key = { attemptNo: 'M0001', kind, supplierOrderNo: undefined };
      const read = adapterOf(name).decodeQuery(exchange, key, connection);
      const cards = read.outcome === 'report' ? read.report.cards : [];
      const kept = maskReply(exchange, connection) ?? '';
      for (const { cardNo, cardPassword } of cards)
        for (const word of [cardNo, cardPassword].filter(
          ({ length }) => length >= CARD_SIGNS_MIN,
        )) {
          looked += 1;
          expect(kept).not.toContain(word);
        }
      expect(kept).not.toContain('LONG-CARD');
    }
    if (adapterOf(name).kinds.includes('card') && !WITH_SHORT_CARDS.includes(name))
      expect(looked).toBeGreaterThan(0);
  });

  it.each([
    ['a page', '<html><body>card: ABCD-EFGH-1234-5678</body></html>'],
    ['a text', 'ok ABCD-EFGH-1234-5678 done'],
    ['a form', 'code=1&kami=ABCD-EFGH-1234-5678'],
    ['JSON in JSON', JSON.stringify({ data: JSON.stringify({ pwd: 'ABCD-EFGH-1234-5678' }) })],
    ['a name', JSON.stringify({ 'ABCD-EFGH-1234-5678-ABCD-EFGH': 1 })],
    ['a list', JSON.stringify({ cards: [['ABCD-EFGH-1234-5678']] })],
    ['a number', JSON.stringify({ card: 1234567890123456 })],
    ['a word where a message stands', JSON.stringify({ msg: 'ABCD-EFGH-1234-5678' })],
    ['broken JSON', '{"card":"ABCD-EFGH-1234-5678"'],
  ])('are in nothing that is kept, wherever they stand: %s', (_, text) => {
    const connection: Connection = { account: '1', secret: SECRET };
    for (const kept of [
      maskReply(replied(text), connection) ?? '',
      maskBody(Buffer.from(text), connection),
    ]) {
      expect(kept).not.toMatch(/ABCD-EFGH|1234567890123456/);
      expect(kept).not.toContain('1234-5678');
    }
  });

  it('hold no sign that the database cannot keep', () => {
    const connection: Connection = { account: '1', secret: SECRET };
    expect(maskBody(Buffer.from('a\0b=1'), connection)).not.toContain('\0');
    expect(maskReply(replied('{"msg":"a\\u0000b"}'), connection)).not.toContain('\0');
  });

  it('keeps the words by which an outcome was judged', () => {
    const text = JSON.stringify({
      code: 1,
      msg: '余额不足',
      data: { orderno: 'SD123456', status: 3, money: '9.90' },
    });
    const kept = maskReply(replied(text), { account: '1', secret: SECRET }) ?? '';
    expect(JSON.parse(kept)).toEqual({
      code: 1,
      msg: '余额不足',
      data: { orderno: 'SD123456', status: 3, money: '9.90' },
    });
  });
});
