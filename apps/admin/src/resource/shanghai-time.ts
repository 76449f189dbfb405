import { HOUR_MS } from '#domain';

const OFFSET_MS = 8 * HOUR_MS;
const FULL = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** `YYYY-MM-DD HH:mm:ss` as clocks in China show it. */
export function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads what `shanghaiTime` writes; a day alone is its beginning. Undefined where the text is no time. */
export function parseShanghaiTime(text: string): Date | undefined {
  const parts = FULL.exec(text.trim());
  if (!parts) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const at = new Date(`${clock}Z`);
  // The 31st of February would otherwise become a day of March.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== clock) return undefined;
  return new Date(at.getTime() - OFFSET_MS);
}
