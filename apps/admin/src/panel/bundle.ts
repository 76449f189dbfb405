import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import AdminJS from 'adminjs';
import { COMPONENT_FOLDER, componentLoader } from './components.js';

const SUM_FILE = 'bundle.sum';

/**
 * Bundles our components into `folder`, unless nothing has changed since the last time. The library reads its settings
 * from the environment while it is imported, so the caller sets NODE_ENV and ADMIN_JS_TMP_DIR before.
 */
export async function bundlePanel(folder: string): Promise<'bundled' | 'unchanged'> {
  const sum = await sumOfComponents();
  const noted = path.join(folder, SUM_FILE);
  const isThere = existsSync(path.join(folder, 'bundle.js')) && existsSync(noted);
  if (isThere && (await readFile(noted, 'utf8')) === sum) return 'unchanged';
  await new AdminJS({ componentLoader: componentLoader() }).initialize();
  await writeFile(noted, sum);
  return 'bundled';
}

async function sumOfComponents(): Promise<string> {
  const names = (await readdir(COMPONENT_FOLDER)).filter((name) => /\.tsx?$/.test(name)).sort();
  const hash = createHash('sha256').update(AdminJS.VERSION);
  for (const name of names)
    hash.update(`\0${name}\0`).update(await readFile(path.join(COMPONENT_FOLDER, name)));
  return hash.digest('hex');
}
