import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import ipaddr from 'ipaddr.js';
import {
  CLOCK_SKEW_SECONDS,
  NONCE_PATTERN,
  shareOfLimit,
  signingText,
  takeToken,
  TIMESTAMP_PATTERN,
  type TokenBucket,
} from '#domain';
import type { SigningCredential } from '#domain/stores';
import { ApiConfig } from '../config.js';
import { Problem } from '../http/problem.js';
import { RECORDS_NONCE, UNSIGNED, type SignedRequest } from './caller.js';
import { CredentialsService } from './credentials.service.js';
import { NoncesService } from './nonces.service.js';

const EMPTY = Buffer.alloc(0);

/** Lets only signed, timely, fresh requests through, at the pace agreed with their platform. */
@Injectable()
export class SignatureGuard implements CanActivate {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: CredentialsService,
    private readonly nonces: NoncesService,
    private readonly config: ApiConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<boolean>(UNSIGNED, context.getClass())) return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const { credential, timestamp, nonce } = await this.verified(request);
    this.requireTime(timestamp);
    this.requirePace(credential);
    const { credentialId, platform } = credential;
    request.caller = { credentialId, nonce, platform };
    const recordsItself = this.reflector.get<boolean>(RECORDS_NONCE, context.getHandler());
    if (!recordsItself && !(await this.nonces.record({ credentialId, nonce }))) throw refused();
    return true;
  }

  private async verified(
    request: SignedRequest,
  ): Promise<{ credential: SigningCredential; timestamp: string; nonce: string }> {
    const header = (name: string): string => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : '';
    };
    const timestamp = header('kagong-timestamp');
    const nonce = header('kagong-nonce');
    const key = header('kagong-key');
    if (
      !TIMESTAMP_PATTERN.test(timestamp) ||
      !NONCE_PATTERN.test(nonce) ||
      key === '' ||
      key.length > 64
    )
      throw refused();
    const credential = await this.credentials.find(key);
    const body = Buffer.isBuffer(request.body) ? request.body : EMPTY;
    const text = signingText({
      method: request.method,
      target: request.raw.url ?? '',
      timestamp,
      nonce,
      bodySha256Hex: createHash('sha256').update(body).digest('hex'),
    });
    const expected = createHmac('sha256', credential?.secret ?? 'nobody')
      .update(text)
      .digest();
    const given = Buffer.from(header('kagong-signature'), 'utf8');
    const isSame = sameHex(given, expected);
    if (!credential || !isSame || !isFromAllowed(credential, request.ip)) throw refused();
    return { credential, timestamp, nonce };
  }

  private requireTime(timestamp: string): void {
    const serverTime = Math.floor(Date.now() / 1000);
    if (Math.abs(serverTime - Number(timestamp)) > CLOCK_SKEW_SECONDS)
      throw new Problem(
        'auth.clock-skew',
        { seconds: CLOCK_SKEW_SECONDS },
        { members: { serverTime } },
      );
  }

  private requirePace({ credentialId, platform }: SigningCredential): void {
    if (!platform.rateLimit) return;
    const limit = shareOfLimit(platform.rateLimit, this.config.processes);
    const taken = takeToken(this.buckets.get(credentialId), limit, Date.now());
    this.buckets.set(credentialId, taken.bucket);
    if (taken.retryAfterSeconds === undefined) return;
    const seconds = taken.retryAfterSeconds;
    throw new Problem(
      'rate.exceeded',
      { seconds },
      { headers: { 'Retry-After': String(seconds) } },
    );
  }
}

const refused = (): Problem => new Problem('auth.refused');

/** Constant-time comparison of a hex text with the bytes it should stand for. */
function sameHex(given: Buffer, expected: Buffer): boolean {
  const hex = Buffer.from(expected.toString('hex'), 'utf8');
  return given.length === hex.length && timingSafeEqual(given, hex);
}

function isFromAllowed(credential: SigningCredential, address: string): boolean {
  if (credential.allowedAddresses.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const from = ipaddr.process(address);
  return credential.allowedAddresses.some((allowed) => {
    try {
      const [network, bits] = allowed.includes('/')
        ? ipaddr.parseCIDR(allowed)
        : [ipaddr.process(allowed), ipaddr.process(allowed).kind() === 'ipv4' ? 32 : 128];
      return network.kind() === from.kind() && from.match(network, bits as number);
    } catch {
      return false;
    }
  });
}
