import { z } from 'zod';
import { ApiCall } from '../docs/api-call.js';
import { complaintDetailView, complaintPage } from '../docs/complaint-views.js';
import { pageQuery } from '../http/fields.js';
import { complaintMessage, createComplaint } from './complaints.dto.js';

const number = { complaintNo: 'For example `C20261125000123`.' };

export const CreateComplaintCall = (): MethodDecorator =>
  ApiCall({
    summary: 'File a complaint of a buyer',
    description:
      'A person answers within an hour and solves it within a day, sooner where it presses; both due times are in the answer and count from `occurredAt`. The same `merchantComplaintNo` with the same content answers 200 with the complaint as it stands. Where `callbackUrl` is given, `{"type":"complaint.updated","data":{complaint view}}` is posted there at every public change of ours, signed as callbacks of orders are.',
    body: createComplaint,
    answers: {
      201: { description: 'A new complaint.', view: complaintDetailView },
      200: { description: 'The same complaint again.', view: complaintDetailView },
    },
    errors: [
      'request.invalid',
      'request.too-large',
      'request.unsupported-type',
      'complaint.number-reused',
      'complaint.order-unknown',
      'complaint.image-invalid',
      'callback.url-not-allowed',
    ],
  });

export const ListComplaintsCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Your complaints',
    description: 'The newest first, without their trails.',
    query: pageQuery,
    answers: { 200: { description: 'A page of complaints.', view: complaintPage } },
    errors: ['request.invalid'],
  });

export const FindComplaintCall = (): MethodDecorator =>
  ApiCall({
    summary: 'One complaint with its trail',
    params: number,
    answers: { 200: { description: 'The complaint as it stands.', view: complaintDetailView } },
    errors: ['complaint.not-found'],
  });

export const WriteMessageCall = (): MethodDecorator =>
  ApiCall({
    summary: 'Write to a complaint, agree to its solution, or take it back',
    description:
      'A message to a complaint that has ended opens it again until `reopenUntil`; after that it begins a new one, which the answer shows, with `continues`. After a solution is offered, 48 hours of silence count as agreement. With a `merchantMessageNo` a message may be sent again without being written twice.',
    params: number,
    body: complaintMessage,
    answers: { 200: { description: 'The complaint as it stands.', view: complaintDetailView } },
    errors: [
      'request.invalid',
      'request.too-large',
      'complaint.not-found',
      'complaint.nothing-offered',
      'complaint.ended',
      'complaint.image-invalid',
    ],
  });

export const ComplaintImageCall = (): MethodDecorator =>
  ApiCall({
    summary: 'A picture of the trail',
    params: { ...number, imageNo: 'From an entry of the trail.' },
    answers: { 200: { description: 'The bytes of the picture.', view: z.string() } },
    errors: ['complaint.not-found'],
  });
