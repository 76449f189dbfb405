import type pg from 'pg';

/** Whoever was at work is gone. */
export class Died extends Error {}

/** A pool whose connections break at their statement number `dies`, as when a worker is killed there; nothing after it is sent. */
export function dyingPool(pool: pg.Pool, dies: number): pg.Pool {
  let sent = 0;
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    return new Proxy(client, {
      get(target, name) {
        if (name === 'release') return () => target.release(true);
        if (name !== 'query') return Reflect.get(target, name) as unknown;
        return (...given: unknown[]): unknown => {
          sent += 1;
          if (sent >= dies) return Promise.reject(new Died());
          return (target.query as (...values: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  };
  return { connect } as unknown as pg.Pool;
}
