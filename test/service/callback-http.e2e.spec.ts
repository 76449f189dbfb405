import type { CallbackRules } from '#domain';
import { postCallback } from '../../apps/worker/src/platform/callback-http.js';
import { isPublicAddress, mayCall } from '../../apps/worker/src/platform/public-address.js';
import { answers, CallbackReceiver, type ReceiverAnswer } from '../support/callback-receiver.js';

const SANDBOX: CallbackRules = { isSandbox: true, callbackHosts: ['127.0.0.1', 'localhost'] };
const LIMITS = { timeoutMs: 400, answerBytesMax: 64 * 1024 };

const receiver = new CallbackReceiver();
beforeAll(() => receiver.listen());
afterAll(() => receiver.close());

const post = (url: string, rules: CallbackRules = SANDBOX) =>
  postCallback({ url, rules, headers: {}, body: '{}' }, LIMITS);

describe('what a receiver answers', () => {
  it.each([
    ['an empty 200', answers.text(200)],
    ['a 204', answers.text(204)],
    ['OK in any case', answers.text(200, 'OK\n')],
    ['success', answers.text(200, 'success')],
    ['JSON with code 0', answers.text(200, '{"code":0}')],
    ['JSON with code "success"', answers.text(201, '{"code":"success","msg":"x"}')],
  ])('takes %s for an acknowledgement', async (_, answer: ReceiverAnswer) => {
    receiver.answer = answer;
    expect(await post(receiver.url())).toMatchObject({ failure: null });
  });

  it.each([
    ['another text', answers.text(200, 'received'), 'not-acknowledged'],
    ['JSON with code 500', answers.text(200, '{"code":500}'), 'not-acknowledged'],
    ['a 500', answers.text(500, 'ok'), 'http-500'],
    ['a broken connection', answers.hangUp, 'reset'],
    ['silence', answers.never, 'timed-out'],
    ['half an answer', answers.stall, 'timed-out'],
    ['an answer without end', answers.flood, 'answer-too-large'],
  ])('takes %s for a failure', async (_, answer: ReceiverAnswer, failure) => {
    receiver.answer = answer;
    expect(await post(receiver.url())).toMatchObject({ failure });
  });

  it('follows no redirect', async () => {
    receiver.answer = answers.text(302, '', { location: receiver.url('127.0.0.1', '/elsewhere') });
    const before = receiver.received.length;
    expect(await post(receiver.url())).toEqual({ httpStatus: 302, failure: 'http-302' });
    expect(receiver.received).toHaveLength(before + 1);
  });

  it('says so where nobody listens', async () => {
    expect(await post('http://127.0.0.1:9/')).toEqual({ httpStatus: null, failure: 'refused' });
  });
});

describe('where a callback may go', () => {
  it.each([
    ['127.0.0.1', 'http', 'host-not-allowed'],
    ['127.0.0.1', 'https', 'address-not-public'],
    ['2130706433', 'https', 'host-not-allowed'],
    ['localhost', 'https', 'address-not-public'],
    ['[::1]', 'https', 'address-not-public'],
    ['[::ffff:127.0.0.1]', 'https', 'address-not-public'],
    ['169.254.169.254', 'https', 'address-not-public'],
    ['10.0.0.8', 'https', 'address-not-public'],
    ['0.0.0.0', 'https', 'address-not-public'],
  ])('refuses %s over %s for a platform that is no sandbox', async (host, scheme, failure) => {
    const before = receiver.received.length;
    const url = receiver.url(host).replace('http:', `${scheme}:`);
    const rules = { isSandbox: false, callbackHosts: [host, new URL(url).hostname] };
    const allowed = failure === 'host-not-allowed' ? { ...rules, callbackHosts: [host] } : rules;
    expect(await post(url, allowed)).toEqual({ httpStatus: null, failure });
    expect(receiver.received).toHaveLength(before);
  });

  it('calls a sandbox by a name that leads to this machine', async () => {
    receiver.answer = answers.text(200, 'ok');
    expect(await post(receiver.url('localhost'))).toEqual({ httpStatus: 200, failure: null });
  });

  it.each([
    ['a host that left the list', 'http://127.0.0.2:1/'],
    ['credentials in the address', 'http://user:secret@127.0.0.1:1/'],
    ['another scheme', 'ftp://127.0.0.1/'],
    ['no address at all', 'not a url'],
  ])('refuses %s', async (_, url) => {
    expect(await post(url)).toEqual({ httpStatus: null, failure: 'host-not-allowed' });
  });

  it('lets a sandbox reach this machine and no neighbour', () => {
    expect(mayCall('127.0.0.1', true)).toBe(true);
    expect(mayCall('::1', true)).toBe(true);
    expect(mayCall('10.0.0.1', true)).toBe(false);
    expect(mayCall('169.254.169.254', true)).toBe(false);
  });

  it.each([
    ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.8.8.8', '169.254.169.254', '100.64.0.1'],
    ...['0.0.0.0', '192.0.2.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', 'fc00::1', 'fe80::1', 'fec0::1', 'ff02::1', '::ffff:10.0.0.1', '::10.0.0.1'],
    ...['::8.8.8.8', '64:ff9b::a00:1', '64:ff9b:1::1', '2002:a00:1::', '2001::1', '2001:db8::1'],
    ...['100::1', '5f00::1', '4000::1', 'no address', '08.8.8.8', '1.2.3'],
  ])('does not count %s as public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '223.5.5.5', '2606:4700::1111', '2400:3200::1', '::ffff:8.8.8.8'])(
    'counts %s as public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});
