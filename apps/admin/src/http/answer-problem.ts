import type { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { problemOf } from './problem.js';

/** A page of HTML for people who typed an address, JSON for scripts; the stack goes to the log only. */
export function answerProblem(
  error: unknown,
  request: Request,
  response: Response,
  log: Pick<Logger, 'error'>,
): void {
  const { status, body, isBug } = problemOf(error, request);
  if (isBug)
    log.error(`${request.requestId} ${error instanceof Error ? error.stack : String(error)}`);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(status);
  if (request.method === 'GET' && request.accepts(['json', 'html']) === 'html')
    response.type('html').send(problemPage(body.message, request.requestId));
  else response.json(body);
}

const problemPage = (message: string, requestId: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>卡供 Kagong</title>` +
  `<body style="font-family:sans-serif;margin:4rem"><h1>卡供 Kagong</h1><p>${message}</p>` +
  `<p style="color:#888">${requestId}</p><p><a href="/admin">返回 Back</a></p></body></html>`;
