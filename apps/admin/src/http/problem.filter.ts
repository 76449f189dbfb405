import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { answerProblem } from './answer-problem.js';

/** Answers for whatever a controller throws. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('admin');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<Request>(), http.getResponse<Response>(), this.log);
  }
}
