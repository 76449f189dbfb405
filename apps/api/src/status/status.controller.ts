import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Unsigned } from '../signing/caller.js';
import { StatusService } from './status.service.js';
import { POLICY } from './status-style.js';

const HTML = 'text/html; charset=utf-8';
const RSS = 'application/rss+xml; charset=utf-8';
const CACHED = 'public, max-age=5';
const FRAMED_BY_NOBODY = `${POLICY}; frame-ancestors 'none'`;

/** What everybody may read, without a log-in. */
@Unsigned()
@ApiExcludeController()
@Controller('status')
export class StatusController {
  constructor(private readonly status: StatusService) {}

  @Get()
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', FRAMED_BY_NOBODY)
  @Header('Cache-Control', CACHED)
  chinese(): Promise<string> {
    return this.status.html('zh-CN');
  }

  @Get('en')
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', FRAMED_BY_NOBODY)
  @Header('Cache-Control', CACHED)
  english(): Promise<string> {
    return this.status.html('en');
  }

  @Get('rss.xml')
  @Header('Content-Type', RSS)
  @Header('Cache-Control', CACHED)
  feed(): Promise<string> {
    return this.status.feed('zh-CN');
  }

  @Get('en/rss.xml')
  @Header('Content-Type', RSS)
  @Header('Cache-Control', CACHED)
  englishFeed(): Promise<string> {
    return this.status.feed('en');
  }

  @Get('status.json')
  @Header('Cache-Control', CACHED)
  json(): Promise<object> {
    return this.status.json();
  }
}
