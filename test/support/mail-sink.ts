import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server that takes everything and keeps it. */
export class MailSink {
  readonly mails: string[] = [];
  private readonly server = net.createServer((socket) => {
    let isData = false;
    let mail = '';
    socket.write('220 sink\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n')) {
        if (isData && line !== '.') mail += `${line}\n`;
        else if (isData) {
          isData = false;
          this.mails.push(mail);
          mail = '';
          socket.write('250 kept\r\n');
        } else if (/^DATA/i.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else if (line !== '') socket.write('250 ok\r\n');
      }
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
