import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ADAPTERS, adapterFor, hasProtocol } from './index.js';
import type { Adapter, Connection, CreateRequest, Exchange } from './protocol.js';
import { REPLY_BYTES_MAX, type JsonObject } from './wire-values.js';

interface Accepting {
  readonly connection: Connection;
  readonly creates: readonly { readonly title: string; readonly reply: JsonObject }[];
}

const FOLDER = path.join(process.cwd(), 'libs/domain/src/protocol');
const vectorsOf = (name: string): Accepting =>
  JSON.parse(readFileSync(path.join(FOLDER, `${name}.vectors.json`), 'utf8')) as Accepting;

/** The reply with which this vendor accepts M0001. */
function acceptance(name: string): JsonObject {
  const found = vectorsOf(name).creates.find(({ title }) => title === 'accepts');
  if (!found) throw new Error(`${name} has no vector that accepts`);
  return found.reply;
}

describe.each(Object.keys(ADAPTERS))('an acceptance of %s', (name) => {
  const adapter = ADAPTERS[name] as Adapter;
  const { connection } = vectorsOf(name);
  const request: CreateRequest = {
    attemptNo: 'M0001',
    kind: adapter.kinds[0] ?? 'card',
    supplierProductId: '555',
    quantity: 1,
    account: { account: '13800000000' },
    guard: { unitHao: 99_000, totalHao: 99_000 },
    callbackUrl: undefined,
  };
  const read = (text: string, status = 200, attemptNo = 'M0001') => {
    const exchange: Exchange = { result: 'reply', status, body: Buffer.from(text) };
    return adapter.decodeCreate(exchange, { ...request, attemptNo }, connection);
  };
  const text = JSON.stringify(acceptance(name));

  it.each([200, 201, 202])('is one under HTTP %i', (status) => {
    expect(read(text, status).outcome).toBe('accepted');
  });

  it.each([
    [302, 'gateway'],
    [404, 'contradiction'],
    [429, 'contradiction'],
    [500, 'gateway'],
    [503, 'gateway'],
  ])('is none under HTTP %i', (status, cause) => {
    expect(read(text, status)).toMatchObject({ outcome: 'unknown', cause });
  });

  it('is none where it is too long to be read', () => {
    expect(read(text + ' '.repeat(REPLY_BYTES_MAX))).toMatchObject({
      outcome: 'unknown',
      cause: 'too-large',
    });
  });

  it('is none where a byte is missing at its end', () => {
    expect(read(text.slice(0, -1))).toMatchObject({ outcome: 'unknown', cause: 'not-json' });
  });

  it('is none where it names the number of another order', () => {
    const isNumbered = text.includes('M0001');
    const outcome = read(text, 200, 'M0002');
    expect(outcome).toMatchObject(
      isNumbered ? { outcome: 'unknown', cause: 'wrong-order' } : { outcome: 'accepted' },
    );
  });
});

describe('cards in a reply', () => {
  const query = (cards: unknown) => {
    const data = { usorderno: 'M0001', money: '19.80', status: 5, refundstatus: 0, cards };
    const exchange: Exchange = {
      result: 'reply',
      status: 200,
      body: Buffer.from(JSON.stringify({ code: 1, data })),
    };
    const key = { attemptNo: 'M0001', kind: 'card', supplierOrderNo: undefined } as const;
    const reply = adapterFor('kakayun').decodeQuery(exchange, key, { account: '1', secret: 's' });
    return reply.outcome === 'report' ? reply.report.cards.length : reply.cause;
  };
  const card = { card_no: 'A', card_pwd: 'P' };

  it('are one where the same card stands there twice', () => {
    expect(query([card, card])).toBe(1);
    expect(query([card, { ...card, card_pwd: 'Q' }])).toBe(2);
  });

  it.each([
    ['a list with something else in it', [card, 'A']],
    ['a list with an empty card', [card, { card_no: '', card_pwd: '' }]],
    ['a list with a number that is an object', [{ card_no: { a: 1 }, card_pwd: 'P' }]],
    ['no list', 'A P'],
    ['a list without end', Array.from({ length: 20_001 }, () => card)],
  ])('are not believed by halves: %s', (_, cards) => {
    expect(query(cards)).toBe('malformed');
  });

  it('may be missing', () => {
    expect([undefined, null, '', []].map((cards) => query(cards))).toEqual([0, 0, 0, 0]);
  });
});

describe('the registry', () => {
  it('knows its own names and nothing of every object', () => {
    expect(hasProtocol('kakayun')).toBe(true);
    expect(['toString', '__proto__', 'constructor', ''].some((name) => hasProtocol(name))).toBe(
      false,
    );
    expect(() => adapterFor('toString')).toThrow('no protocol');
  });
});
