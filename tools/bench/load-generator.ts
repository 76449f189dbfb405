import { createHash, createHmac, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { signingText } from '#domain';
import { KeepAlive } from './keep-alive.js';
import { serve, type Prepared } from './runner.js';
import { latencyOf } from './statistics.js';

// A platform that sends signed orders over keep-alive connections, as a process of its own. Everything is signed
// before the clock starts, and every answer is examined after it has stopped.

export interface LoadConfig {
  readonly host: string;
  readonly port: number;
  readonly credentials: readonly { readonly key: string; readonly secret: string }[];
  readonly productCode: string;
  readonly connections: number;
  readonly seconds: number;
  /** Orders per second, sent whatever the answers do; without it each connection sends when it was answered. */
  readonly ratePerSecond?: number;
  /** As many orders at most. */
  readonly ordersMax: number;
}

const TARGET = '/open/v1/orders';

serve<LoadConfig>(async (config) => {
  const requests = signedRequests(config);
  const lines = await Promise.all(
    Array.from({ length: config.connections }, () => KeepAlive.open(config.host, config.port)),
  );
  const run = config.ratePerSecond === undefined ? closedLoop : openLoop;
  return async () => {
    const measured = await run(config, requests, lines);
    for (const line of lines) line.close();
    requireSold(measured.answers);
    return measured;
  };
});

function signedRequests({ host, credentials, productCode, ordersMax }: LoadConfig): Buffer[] {
  const run = randomBytes(6).toString('hex');
  const timestamp = String(Math.floor(Date.now() / 1000));
  return Array.from({ length: ordersMax }, (_, index) => {
    const { key, secret } = credentials[index % credentials.length] ?? { key: '', secret: '' };
    const body = JSON.stringify({ merchantOrderNo: `${run}-${index}`, productCode, quantity: 1 });
    const nonce = `${run}${String(index).padStart(12, '0')}`;
    const bodySha256Hex = createHash('sha256').update(body).digest('hex');
    const text = signingText({ method: 'POST', target: TARGET, timestamp, nonce, bodySha256Hex });
    const head = [
      `POST ${TARGET} HTTP/1.1`,
      `Host: ${host}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      `Kagong-Key: ${key}`,
      `Kagong-Timestamp: ${timestamp}`,
      `Kagong-Nonce: ${nonce}`,
      `Kagong-Signature: ${createHmac('sha256', secret).update(text).digest('hex')}`,
    ];
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  });
}

type Measured = Awaited<ReturnType<Prepared>> & { answers: string[] };

/** Each connection sends its next order when the last one is answered. */
async function closedLoop(
  { seconds }: LoadConfig,
  requests: readonly Buffer[],
  lines: readonly KeepAlive[],
): Promise<Measured> {
  const answers: string[] = [];
  const latencies: number[] = [];
  let next = 0;
  const beganMs = performance.now();
  const endMs = beganMs + seconds * 1000;
  await Promise.all(
    lines.map(async (line) => {
      for (let sentMs = performance.now(); sentMs < endMs; sentMs = performance.now()) {
        const request = requests[next++];
        if (!request) return;
        answers.push(await line.call(request));
        latencies.push(performance.now() - sentMs);
      }
    }),
  );
  return {
    orders: answers.length,
    seconds: (performance.now() - beganMs) / 1000,
    latency: latencyOf(Float64Array.from(latencies)),
    answers,
  };
}

/** Sends at fixed moments; an order's time runs from the moment it was meant to be sent, so that a stall counts for all it delays. */
async function openLoop(
  { seconds, ratePerSecond = 1 }: LoadConfig,
  requests: readonly Buffer[],
  lines: readonly KeepAlive[],
): Promise<Measured> {
  const count = Math.min(requests.length, seconds * ratePerSecond);
  const latencies = new Float64Array(count);
  const late = new Float64Array(count);
  const answers: string[] = [];
  const idle = [...lines];
  const waiting: number[] = [];
  const beganMs = performance.now() + 5;
  const dueMs = (index: number): number => beganMs + (index * 1000) / ratePerSecond;
  const send = async (line: KeepAlive, first: number): Promise<void> => {
    for (let index: number | undefined = first; index !== undefined; index = waiting.shift()) {
      answers.push(await line.call(requests[index] as Buffer));
      latencies[index] = performance.now() - dueMs(index);
    }
    idle.push(line);
  };
  const sent: Promise<void>[] = [];
  for (let index = 0; index < count;) {
    for (; index < count && dueMs(index) <= performance.now(); index += 1) {
      late[index] = performance.now() - dueMs(index);
      const line = idle.pop();
      if (line) sent.push(send(line, index));
      else waiting.push(index);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(sent);
  return {
    orders: answers.length,
    seconds: (performance.now() - beganMs) / 1000,
    latency: latencyOf(latencies),
    senderLate: latencyOf(late),
    answers,
  };
}

/** Every answer is a sale with exactly one code, and no code was given twice. */
function requireSold(answers: readonly string[]): void {
  const codes = new Set<string>();
  for (const answer of answers) {
    const [status, body] = [answer.slice(0, 3), answer.slice(4)];
    if (status !== '201') throw new Error(`an order was answered ${status}: ${body.slice(0, 300)}`);
    const order = JSON.parse(body) as { status: string; cards: { cardNo: string }[] };
    const [card, ...more] = order.cards;
    if (order.status !== 'succeeded' || !card || more.length > 0)
      throw new Error(`an order was not sold: ${order.status} with ${order.cards.length} cards`);
    codes.add(card.cardNo);
  }
  if (codes.size !== answers.length)
    throw new Error(`${answers.length} answers hold only ${codes.size} different codes`);
}
