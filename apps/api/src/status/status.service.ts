import { createHash } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import pg from 'pg';
import { SECOND_MS, type StatusFacts } from '#domain';
import { isDatabaseAway } from '#domain/database';
import type { Language } from '#domain/i18n';
import { readStatus } from '#domain/stores';
import { ApiConfig } from '../config.js';
import { writeStaticCopy } from './static-copy.js';
import { statusFeed, statusJson } from './status-feed.js';
import { statusHtml, type StatusLinks } from './status-html.js';

/** So long what was read is told again: however many look, the database is asked once. */
const KEPT_MS = 3 * SECOND_MS;
const COPY_EVERY_MS = 10 * SECOND_MS;

const SERVED: Readonly<Record<Language, StatusLinks>> = {
  'zh-CN': { otherLanguage: '/status/en', feed: '/status/rss.xml', data: '/status/status.json' },
  en: { otherLanguage: '/status', feed: '/status/en/rss.xml', data: '/status/status.json' },
};
const COPIED: Readonly<Record<Language, StatusLinks>> = {
  'zh-CN': { otherLanguage: 'en/index.html', feed: 'rss.xml', data: 'status.json' },
  en: { otherLanguage: '../index.html', feed: 'rss.xml', data: '../status.json' },
};

interface Known {
  readonly facts: StatusFacts;
  readonly atMs: number;
}

/** The public page: read from the database at most every few seconds, and written as files when it has changed. */
@Injectable()
export class StatusService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(StatusService.name);
  private known: Known | undefined;
  private reading: Promise<Known> | undefined;
  private copied = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    @Inject(ApiConfig) private readonly config: ApiConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.statusFolder === undefined) return;
    const copy = (): void => void this.copy().catch((error: unknown) => this.report(error));
    copy();
    this.timer = setInterval(copy, COPY_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async html(language: Language): Promise<string> {
    const { facts, atMs } = await this.read();
    return statusHtml({ facts, language, links: SERVED[language], madeMs: atMs });
  }

  async feed(language: Language): Promise<string> {
    const { facts } = await this.read();
    return statusFeed(facts, language, this.pageUrl(language));
  }

  async json(): Promise<object> {
    return statusJson((await this.read()).facts);
  }

  /** Writes the copy where its content is not what was written last. */
  async copy(): Promise<void> {
    const folder = this.config.statusFolder;
    if (folder === undefined) return;
    const { facts, atMs } = await this.read();
    const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
    if (digest === this.copied) return;
    const page = (language: Language): string =>
      statusHtml({ facts, language, links: COPIED[language], madeMs: atMs });
    await writeStaticCopy(folder, {
      'index.html': page('zh-CN'),
      'en/index.html': page('en'),
      'rss.xml': statusFeed(facts, 'zh-CN', this.pageUrl('zh-CN')),
      'en/rss.xml': statusFeed(facts, 'en', this.pageUrl('en')),
      'status.json': `${JSON.stringify(statusJson(facts), null, 2)}\n`,
    });
    this.copied = digest;
  }

  private pageUrl(language: Language): string {
    return `${this.config.publicUrl}/status${language === 'en' ? '/en' : ''}`;
  }

  private read(): Promise<Known> {
    const { known } = this;
    if (known && Date.now() - known.atMs < KEPT_MS) return Promise.resolve(known);
    this.reading ??= this.readNow().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** While the database is away, what was known last is told, with its time. */
  private async readNow(): Promise<Known> {
    const atMs = Date.now();
    try {
      this.known = { facts: await readStatus(this.pool, atMs), atMs };
      return this.known;
    } catch (error) {
      if (this.known && isDatabaseAway(error)) return this.known;
      throw error;
    }
  }

  private report(error: unknown): void {
    if (!isDatabaseAway(error)) this.logger.error('the status page could not be written', error);
  }
}
