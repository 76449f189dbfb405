import type { ServerResponse } from 'node:http';
import type { Dialect, Reply, Told } from './dialect.js';
import type { Answer, Refusal } from './plan.js';

const HTML = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

/** How a create is answered, by the dialect or by the network. */
export function answerCreate(
  response: ServerResponse,
  dialect: Dialect,
  { answer, refusal, told }: { answer: Answer; refusal: Refusal; told: Told },
): void {
  const accepted = dialect.accepted(told, 'plain');
  switch (answer) {
    case 'accept':
      return send(response, accepted);
    case 'http-201':
      return send(response, { ...accepted, status: 201 });
    case 'negative-cost':
      return send(response, dialect.accepted(told, 'negative-cost'));
    case 'wrong-order':
      return send(response, dialect.accepted({ ...told, attemptNo: 'SOMEONEELSES' }, 'plain'));
    case 'refuse':
      return send(response, dialect.refused(refusal));
    case 'duplicate':
      return send(response, dialect.duplicate());
    case 'system':
      return send(response, dialect.systemFault());
    case 'new-code':
      return send(response, dialect.newCode());
    default:
      return disturb(response, answer, accepted.body);
  }
}

/** What proxies, cables and crashed programs answer. */
export function disturb(
  response: ServerResponse,
  answer: Exclude<Answer, 'accept' | 'refuse'>,
  body: string,
): void {
  switch (answer) {
    case 'silence':
      return; // the caller's time-out ends it
    case 'reset':
      return void response.socket?.destroy();
    case 'http-500':
      return send(response, { status: 500, body: '{"error":"internal"}' });
    case 'html':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
    case 'truncated':
      return send(response, { body: body.slice(0, Math.floor(body.length / 2)) });
    case 'empty':
      return send(response, { body: '' });
    default:
      return send(response, { body: '{"code":NaN,,}' });
  }
}

export function send(response: ServerResponse, { status = 200, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
}
