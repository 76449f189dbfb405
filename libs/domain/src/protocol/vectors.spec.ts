import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ADAPTERS, PROTOCOLS } from './index.js';
import type {
  Adapter,
  AttemptKey,
  Connection,
  CreateRequest,
  Exchange,
  SupplyKind,
  WireRequest,
} from './protocol.js';
import type { JsonObject } from './wire-values.js';

/** A worked example; `source` names the section of the vendor's facts it was recomputed from, or `own`. */
interface Example {
  readonly title: string;
  readonly source?: string;
  readonly connection?: Connection;
}

interface Vectors {
  readonly connection: Connection;
  readonly signatures: readonly (Example & {
    readonly nowMs: number;
    readonly fields: JsonObject;
    readonly signature: string;
  })[];
  readonly requests: readonly (Example & {
    readonly call: 'create' | 'query';
    readonly nowMs: number;
    readonly request: Omit<CreateRequest & AttemptKey, 'callbackUrl'> & { callbackUrl?: string };
    readonly path: string;
    readonly json?: JsonObject;
    readonly form?: JsonObject;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  })[];
  readonly creates: readonly (Example & { readonly reply: JsonObject; readonly outcome: object })[];
  readonly queries: readonly (Example & {
    readonly kind: SupplyKind;
    readonly reply: JsonObject;
    readonly report: object;
  })[];
  readonly notifications: readonly (Example & {
    readonly kind: SupplyKind;
    readonly json?: JsonObject;
    readonly form?: Readonly<Record<string, string>>;
    readonly text?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly expected: object;
  })[];
  readonly balances: readonly { readonly reply: JsonObject; readonly expected: object }[];
  readonly products?: readonly { readonly reply: JsonObject; readonly expected: object }[];
}

const FOLDER = path.join(process.cwd(), 'libs/domain/src/protocol');
const fileOf = (name: string): string => path.join(FOLDER, `${name}.vectors.json`);
const vectorsOf = (name: string): Vectors =>
  JSON.parse(readFileSync(fileOf(name), 'utf8')) as Vectors;

const bytes = (value: JsonObject | string): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const replied = (body: JsonObject): Exchange => ({
  result: 'reply',
  status: 200,
  body: bytes(body),
});

const REQUEST: CreateRequest = {
  attemptNo: 'M0001',
  kind: 'card',
  supplierProductId: '555',
  quantity: 2,
  account: {},
  guard: { unitHao: 99_000, totalHao: 198_000 },
  callbackUrl: undefined,
};

/** Form fields in no particular order: their order is not part of the protocol. */
const form = (body: string): object => Object.fromEntries(new URLSearchParams(body));

function expectRequest(sent: WireRequest, wanted: Vectors['requests'][number]): void {
  expect([sent.method, sent.path]).toEqual(['POST', wanted.path]);
  if (wanted.json) expect(JSON.parse(sent.body)).toEqual(wanted.json);
  if (wanted.form) expect(form(sent.body)).toEqual(wanted.form);
  if (wanted.body !== undefined) expect(sent.body).toBe(wanted.body);
  if (wanted.headers) expect(sent.headers).toEqual(wanted.headers);
}

it('has a file of vectors for every protocol of the registry, and no other', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.vectors.json'));
  expect(files.sort()).toEqual(
    Object.keys(PROTOCOLS)
      .map((name) => `${name}.vectors.json`)
      .sort(),
  );
});

const known = Object.keys(PROTOCOLS).filter((name) => existsSync(fileOf(name)));
describe.each(known)('the vectors of %s', (name) => {
  const vectors = vectorsOf(name);
  const adapter = ADAPTERS[name] as Adapter;
  const connectionOf = (example: Example): Connection => example.connection ?? vectors.connection;

  it.each(vectors.signatures)('sign $title ($source)', ({ nowMs, fields, signature }) => {
    const sealed = PROTOCOLS[name]?.seal(fields, vectors.connection, nowMs);
    expect(JSON.stringify(sealed)).toContain(signature);
  });

  it.each(vectors.requests)('write $call: $title ($source)', (example) => {
    const connection = connectionOf(example);
    const request = { callbackUrl: undefined, ...example.request };
    const sent =
      example.call === 'create'
        ? adapter.encodeCreate(request, connection, example.nowMs)
        : adapter.encodeQuery(request, connection, example.nowMs);
    expectRequest(sent, example);
  });

  it.each(vectors.creates)('read a reply to create that $title', (example) => {
    const outcome = adapter.decodeCreate(
      replied(example.reply),
      { ...REQUEST, kind: adapter.kinds[0] ?? 'card' },
      connectionOf(example),
    );
    expect(outcome).toMatchObject(example.outcome);
  });

  it.each(vectors.queries)('read a reply to query: $title', (example) => {
    const key = { attemptNo: 'M0001', kind: example.kind, supplierOrderNo: undefined };
    const reply = adapter.decodeQuery(replied(example.reply), key, connectionOf(example));
    expect(reply).toMatchObject({ outcome: 'report', report: example.report });
  });

  it.each(vectors.notifications)('take a notification: $title', (example) => {
    const body = example.text ?? example.json ?? new URLSearchParams(example.form).toString();
    const input = { headers: example.headers ?? {}, body: bytes(body) };
    const taken = adapter.decodeNotification(input, connectionOf(example), example.kind);
    expect(taken).toMatchObject(example.expected);
  });

  it('read balances', () => {
    for (const { reply, expected } of vectors.balances)
      expect(adapter.decodeBalance(replied(reply))).toMatchObject(expected);
  });

  it('read products where the protocol lists them', () => {
    expect(adapter.canListProducts).toBe(vectors.products !== undefined);
    for (const { reply, expected } of vectors.products ?? [])
      expect(adapter.decodeProducts(replied(reply))).toMatchObject(expected);
  });
});
