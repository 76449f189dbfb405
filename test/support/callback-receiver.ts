import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCallback {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** How a platform's receiver behaves; the last one is kept. */
export type ReceiverAnswer = (response: http.ServerResponse) => void;

export const answers = {
  text:
    (status: number, body = '', headers: http.OutgoingHttpHeaders = {}): ReceiverAnswer =>
    (response) =>
      void response.writeHead(status, headers).end(body),
  never: (): void => undefined,
  /** Starts to answer and then says no more. */
  stall: (response: http.ServerResponse): void => void response.writeHead(200).write('{"code":'),
  /** Answers without end. */
  flood: (response: http.ServerResponse): void => {
    response.writeHead(200);
    const pour = (): void => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
      response.once('drain', pour);
    };
    pour();
  },
  hangUp: (response: http.ServerResponse): void => void response.socket?.destroy(),
};

/** A platform's receiver on this machine. */
export class CallbackReceiver {
  readonly received: ReceivedCallback[] = [];
  answer: ReceiverAnswer = answers.text(200, 'ok');
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      this.received.push({ headers: request.headers, body, path: request.url ?? '' });
      this.answer(response);
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  url(host = '127.0.0.1', path = '/callback'): string {
    return `http://${host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
