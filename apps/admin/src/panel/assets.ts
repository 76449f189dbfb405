import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Router as LibraryRouter } from 'adminjs';
import { Router, type Request, type Response } from 'express';

const OWN_FOLDER = path.resolve('apps/admin/src/components/static');
const OWN_FILES = ['favicon.svg', 'logo.svg', 'login.css', 'panel.css'];
const PREFIX = '/admin';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.eot': 'application/vnd.ms-fontobject',
};

interface Asset {
  readonly body: Buffer;
  readonly version: string;
  readonly type: string;
}

/** The files of the pages, read once. They are read by name, not by path: a folder that begins with a dot hides none. */
export class PanelAssets {
  private constructor(private readonly assets: ReadonlyMap<string, Asset>) {}

  /** Throws where a file is missing, above all the bundle of our own components. */
  static async read(): Promise<PanelAssets> {
    const sources = new Map<string, string>([
      ...LibraryRouter.assets.map(({ path: url, src }) => [url, src] as const),
      ...OWN_FILES.map((name) => [`/frontend/own/${name}`, path.join(OWN_FOLDER, name)] as const),
    ]);
    if (!sources.has('/frontend/assets/components.bundle.js'))
      throw new Error('the panel runs with NODE_ENV=production only; see tools/bundle-admin.ts');
    const read = [...sources].map(async ([url, src]) => [url, await readAsset(src)] as const);
    return new PanelAssets(new Map(await Promise.all(read)));
  }

  versionOf(url: string): string | undefined {
    return this.assets.get(url.slice(PREFIX.length))?.version;
  }

  /** Open to everybody: the log-in page needs them, and they hold no data. */
  router(): Router {
    const router = Router();
    router.get(/^\/frontend\//, (request, response, next) => {
      const asset = this.assets.get(request.path);
      if (asset) sendAsset(asset, request, response);
      else next();
    });
    return router;
  }
}

async function readAsset(src: string): Promise<Asset> {
  const body = await readFile(src);
  const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { body, version, type: TYPES[path.extname(src)] ?? 'application/octet-stream' };
}

function sendAsset(asset: Asset, request: Request, response: Response): void {
  const isVersioned = request.query['v'] === asset.version;
  response.setHeader('Content-Type', asset.type);
  response.setHeader(
    'Cache-Control',
    isVersioned ? 'public, max-age=31536000, immutable' : 'public, no-cache',
  );
  response.setHeader('ETag', `"${asset.version}"`);
  if (request.fresh) response.status(304).end();
  else response.end(asset.body);
}
