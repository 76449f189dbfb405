import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
} from 'node:fs';
import { renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Readers see the old file or the new one, never a half. @param {string} file @param {string} text @param {number} [mode] */
export function writeAtomically(file, text, mode = 0o600) {
  const draft = `${file}.${process.pid}.${randomBytes(3).toString('hex')}`;
  const descriptor = openSync(draft, 'wx', mode);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, file);
}

/** @param {string} file @returns {any} undefined where the file is missing or is not JSON */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} file @returns {Promise<string>} lower-case hex */
export async function sha256OfFile(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file below a folder, sorted, as paths from the root given. @param {string} root @param {string} folder @returns {string[]} */
export function filesBelow(root, folder) {
  const found = [];
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  for (const entry of entries) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesBelow(root, name));
    else if (entry.isFile()) found.push(name);
  }
  return found.sort();
}
