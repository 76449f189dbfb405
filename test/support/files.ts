import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The checkout that these tests are about. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

export const readText = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Paths of all files below a folder, relative to the checkout. */
export function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .sort();
}
