import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Bundles the admin panel's own components into ADMIN_JS_TMP_DIR, by default dist/adminjs. Skips what has not changed. */
export async function bundleAdmin(): Promise<void> {
  process.env['NODE_ENV'] = 'production';
  process.env['ADMIN_JS_TMP_DIR'] ??= path.join('dist', 'adminjs');
  process.env['ADMIN_JS_SKIP_BUNDLE'] = 'false';
  // Imported only now: the panel's library reads the environment while it is loaded.
  const { bundlePanel } = await import('../apps/admin/src/panel/bundle.js');
  const outcome = await bundlePanel(path.resolve(process.env['ADMIN_JS_TMP_DIR']));
  console.log(`admin bundle: ${outcome}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await bundleAdmin();
