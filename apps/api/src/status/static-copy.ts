import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes files so that a reader sees the old one or the new one, whole; several processes may write the same. */
export async function writeStaticCopy(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    const draft = `${target}.${process.pid}.tmp`;
    await writeFile(draft, content, 'utf8');
    await rename(draft, target);
  }
}
