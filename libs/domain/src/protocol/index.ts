import { invariant } from '../shared/assert.js';
import { adapterOf } from './adapter.js';
import { feisuyuan } from './feisuyuan.js';
import { fulu } from './fulu.js';
import { julangyun } from './julangyun.js';
import { kakayun } from './kakayun.js';
import { kasushou } from './kasushou.js';
import { kayixin } from './kayixin.js';
import type { Adapter, ProtocolSpec } from './protocol.js';
import { xinghai } from './xinghai.js';
import { xingquanyi } from './xingquanyi.js';
import { youkayun } from './youkayun.js';

export type * from './protocol.js';
export { REPLY_BYTES_MAX } from './wire-values.js';
export * from './wire-mask.js';

/** Every protocol that a supplier may speak, by name. A new one is a line here. */
export const PROTOCOLS: Readonly<Record<string, ProtocolSpec>> = {
  kakayun,
  kayixin,
  kasushou,
  xinghai,
  feisuyuan,
  xingquanyi,
  julangyun,
  youkayun,
  fulu,
};

export const ADAPTERS: Readonly<Record<string, Adapter>> = Object.fromEntries(
  Object.entries(PROTOCOLS).map(([name, spec]) => [name, adapterOf(spec)]),
);

export const hasProtocol = (name: string): boolean => Object.hasOwn(ADAPTERS, name);

/** The adapter of a protocol whose name was checked when the supplier was set up. */
export function adapterFor(name: string): Adapter {
  const adapter = hasProtocol(name) ? ADAPTERS[name] : undefined;
  invariant(adapter, `no protocol is called ${name}`);
  return adapter;
}
