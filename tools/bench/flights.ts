import type pg from 'pg';

interface Wire {
  readonly connection: { readonly stream: NodeJS.WritableStream & NodeJS.ReadableStream };
}

/**
 * Counts the round trips of a pool's connections as the network sees them: bytes that leave after something was
 * received begin a new one. So pipelined statements, which leave together, are one.
 */
export function countFlights(pool: pg.Pool): { count: () => number; reset: () => void } {
  let flights = 0;
  pool.on('connect', (client) => {
    const { stream } = (client as unknown as Wire).connection;
    let isUnderWay = false;
    stream.prependListener('data', () => (isUnderWay = false));
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (...args: unknown[]): boolean => {
      if (!isUnderWay) flights += 1;
      isUnderWay = true;
      return write(...args);
    };
  });
  return { count: () => flights, reset: () => void (flights = 0) };
}
