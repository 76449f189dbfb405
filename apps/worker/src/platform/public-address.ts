import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown where a name leads to an address that may not be called. */
export class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic';
}

/** IPv6 addresses that are given out to anybody; everything public lies in here. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** The old form `::a.b.c.d` is no mapped address, though the library reads it as one. */
const V4_COMPATIBLE = /^::\d+\./;

/** Whether an address belongs to the open Internet: not ours, not a neighbour's, no tunnel into either. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || V4_COMPATIBLE.test(address)) return false;
  const plain = ipaddr.process(address);
  if (plain.range() !== 'unicast') return false;
  return plain instanceof ipaddr.IPv4 || plain.match(GLOBAL_UNICAST);
}

export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback';
}

/** Whether a callback may go to this address; a sandbox may live on this machine. */
export function mayCall(address: string, isSandbox: boolean): boolean {
  return isPublicAddress(address) || (isSandbox && isLoopback(address));
}

/**
 * Resolves for a socket and hands out only what may be called, so that the address checked is the address connected
 * to. One bad address among good ones refuses them all: nobody honest publishes such a name.
 */
export function guardedLookup(isSandbox: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { family: options.family ?? 0, all: true }, (error, found) => {
      const first = found?.[0];
      if (error) callback(error, '');
      else if (!first || !found.every((one) => mayCall(one.address, isSandbox)))
        callback(new AddressNotPublic(), '');
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

/** A host that is written as an address never reaches the lookup of a socket: it is checked here. */
export function requireCallableHost(hostname: string, isSandbox: boolean): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !mayCall(bare, isSandbox)) throw new AddressNotPublic();
}
