import { ADAPTERS, type NotificationInput } from '#domain/protocol';
import type { Simulator } from '../../tools/simulator/simulator.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import {
  ledgerNumbers,
  numbers,
  pause,
  startSimulator,
  SupplierBench,
} from '../support/conformance.js';
import { HINT_ONLY, NOTIFIES_FIXED_ADDRESS } from '../support/conformance-vendors.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const notifying = Object.keys(ADAPTERS).filter((protocol) => !NOTIFIES_FIXED_ADDRESS.has(protocol));
describe.each(notifying)('notifications of %s', (protocol) => {
  let bench: SupplierBench;
  let receiver: CallbackReceiver;
  beforeEach(async () => {
    bench = await SupplierBench.open(simulator, protocol);
    receiver = new CallbackReceiver();
    await receiver.listen();
    const { acknowledgement } = bench.adapter;
    receiver.answer = answers.text(200, acknowledgement.body, {
      'content-type': acknowledgement.contentType,
    });
  });
  afterEach(() => receiver.close());

  const received = async (count: number): Promise<NotificationInput[]> => {
    const until = Date.now() + 3_000;
    while (receiver.received.length < count && Date.now() < until) await pause(10);
    return receiver.received.slice(0, count).map(({ headers, body }) => ({
      headers: headers as NotificationInput['headers'],
      body: Buffer.from(body),
    }));
  };
  const take = (input: NotificationInput | undefined, connection = bench.connection) => {
    if (!input) throw new Error('no notification came');
    return bench.adapter.decodeNotification(input, connection, bench.request().kind);
  };
  const order = async (behaviour: string) => {
    await bench.script(behaviour);
    const request = bench.request({ callbackUrl: receiver.url() });
    await bench.create(request);
    return request;
  };
  const isHintOnly = (): boolean => HINT_ONLY.has(protocol);

  it('prove their sender and say what happened, or are but a hint', async () => {
    const request = await order('accept');
    const [input] = await received(1);
    const taken = take(input);
    expect(taken).toMatchObject({ attemptNo: request.attemptNo });
    expect(taken.trust).toBe(isHintOnly() ? 'hint' : 'verified');
    if (taken.trust !== 'verified') return;
    expect(taken.report.said).toBe('succeeded');
    const real = await bench.ledgerOrder(request.attemptNo);
    if (!taken.needsQuery) expect(numbers(taken.report.cards)).toEqual(ledgerNumbers(real));
  });

  it('of another secret, or changed on the way, are refused or but a hint', async () => {
    await order('notify-foreign');
    const [foreign] = await received(1);
    expect(take(foreign).trust).toBe(isHintOnly() ? 'hint' : 'refused');
    await order('accept');
    const genuine = (await received(2))[1];
    const tampered = Buffer.from((genuine?.body ?? Buffer.alloc(0)) as Buffer);
    const at = tampered.indexOf('T0');
    tampered.write('T9', at);
    expect(take({ headers: genuine?.headers ?? {}, body: tampered }).trust).toBe(
      isHintOnly() ? 'hint' : 'refused',
    );
  });

  it('without a signature complete nothing', async () => {
    await order('notify-unsigned');
    expect(take((await received(1))[0]).trust).not.toBe('verified');
  });

  it('that come twice say the same twice', async () => {
    await order('notify-twice');
    const taken = (await received(2)).map((input) => take(input));
    expect(taken).toHaveLength(2);
    expect(taken[1]).toEqual(taken[0]);
  });

  it('that contradict themselves are both told, so that the second can be recorded', async () => {
    if (isHintOnly()) return;
    await order('notify-contradicting');
    const said = (await received(2)).map((input) => {
      const taken = take(input);
      return taken.trust === 'verified' ? taken.report.said : taken.trust;
    });
    expect(said[0]).toBe('succeeded');
    expect(said[1]).not.toBe('succeeded');
  });

  it('are repeated until we acknowledge them in the words that the supplier wants', async () => {
    const acknowledge = receiver.answer;
    receiver.answer = answers.text(500, 'later');
    await order('notify-late');
    expect(await received(2)).toHaveLength(2);
    receiver.answer = acknowledge;
    const [, , ...rest] = await received(3);
    expect(rest).toHaveLength(1);
  });
});
