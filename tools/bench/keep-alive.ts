import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** One HTTP/1.1 connection with one request at a time; lean, because it shares the processors with what it measures. */
export class KeepAlive {
  private received = '';
  private resolve: ((answer: string) => void) | undefined;
  private reject: ((error: Error) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.onData(chunk));
    socket.on('error', (error) => this.reject?.(error));
    socket.on('close', () => this.reject?.(new Error('the connection was closed')));
  }

  static open(host: string, port: number): Promise<KeepAlive> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new KeepAlive(socket));
      });
    });
  }

  /** Resolves with the status, a blank and the body. */
  call(request: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.socket.write(request);
    });
  }

  close(): void {
    this.reject = undefined;
    this.socket.destroy();
  }

  private onData(chunk: string): void {
    this.received = this.received === '' ? chunk : this.received + chunk;
    const headEnd = this.received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, headEnd))?.[1];
    if (length === undefined) return this.reject?.(new Error('an answer without its length'));
    const bodyAt = headEnd + HEAD_END.length;
    if (this.received.length < bodyAt + Number(length)) return;
    const answer = `${this.received.slice(9, 12)} ${this.received.slice(bodyAt)}`;
    this.received = '';
    this.resolve?.(answer);
  }
}
