import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ComplaintDetailView } from '#domain/stores';
import { pageQuery } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { parseBody, parseQuery } from '../http/validate.js';
import { requireAllowedCallback } from '../orders/callback-host.js';
import { Caller, type CallerIdentity } from '../signing/caller.js';
import { complaintMessage, createComplaint } from './complaints.dto.js';
import {
  ComplaintImageCall,
  CreateComplaintCall,
  FindComplaintCall,
  ListComplaintsCall,
  WriteMessageCall,
} from './complaints.openapi.js';
import { ComplaintsService, type ComplaintPage } from './complaints.service.js';

const COMPLAINT_NO = /^C\d{8,40}$/;

@Controller('open/v1/complaints')
export class ComplaintsController {
  constructor(private readonly complaints: ComplaintsService) {}

  @Post()
  @CreateComplaintCall()
  async create(
    @Caller() caller: CallerIdentity,
    @Body() raw: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ComplaintDetailView> {
    const body = parseBody(createComplaint, raw);
    requireAllowedCallback(body.callbackUrl, caller.platform);
    const { isNew, view } = await this.complaints.open(caller, body);
    void reply.status(isNew ? 201 : 200);
    return view;
  }

  @Get()
  @ListComplaintsCall()
  list(@Caller() caller: CallerIdentity, @Query() query: unknown): Promise<ComplaintPage> {
    return this.complaints.list(caller.platform.id, parseQuery(pageQuery, query));
  }

  @Get(':complaintNo')
  @FindComplaintCall()
  async find(
    @Caller() caller: CallerIdentity,
    @Param('complaintNo') complaintNo: string,
  ): Promise<ComplaintDetailView> {
    return (await this.complaints.find(caller.platform.id, knownShape(complaintNo))).view;
  }

  @Post(':complaintNo/messages')
  @HttpCode(200)
  @WriteMessageCall()
  write(
    @Caller() caller: CallerIdentity,
    @Param('complaintNo') complaintNo: string,
    @Body() raw: unknown,
  ): Promise<ComplaintDetailView> {
    const number = knownShape(complaintNo);
    return this.complaints.write(caller.platform.id, number, parseBody(complaintMessage, raw));
  }

  @Get(':complaintNo/images/:imageNo')
  @ComplaintImageCall()
  async image(
    @Caller() caller: CallerIdentity,
    @Param('complaintNo') complaintNo: string,
    @Param('imageNo') imageNo: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const number = knownShape(complaintNo);
    const image = await this.complaints.image(caller.platform.id, number, imageNo);
    // A picture and nothing else, whatever a browser would like to make of it.
    await reply
      .header('Content-Type', image.mediaType)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Content-Disposition', 'attachment')
      .send(image.content);
  }
}

/** A number of another shape cannot be a complaint's. */
function knownShape(complaintNo: string): string {
  if (!COMPLAINT_NO.test(complaintNo))
    throw new Problem('complaint.not-found', { complaintNo: complaintNo.slice(0, 40) });
  return complaintNo;
}
