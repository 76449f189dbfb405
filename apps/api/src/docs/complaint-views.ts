import { z } from 'zod';
import {
  COMPLAINT_AUTHORS,
  COMPLAINT_CATEGORIES,
  COMPLAINT_EVENT_TYPES,
  COMPLAINT_SEVERITIES,
  COMPLAINT_STATUSES,
  isPublicEvent,
  RESOLUTION_CODES,
} from '#domain';

const instant = z.string().meta({ format: 'date-time' });

const complaintView = z.object({
  complaintNo: z.string().meta({ examples: ['C20261125000123'] }),
  merchantComplaintNo: z.string().nullable(),
  merchantOrderNo: z.string().nullable(),
  unitNo: z.int().nullable(),
  category: z.enum(COMPLAINT_CATEGORIES),
  severity: z.enum(COMPLAINT_SEVERITIES),
  status: z.enum(COMPLAINT_STATUSES),
  resolution: z.enum(RESOLUTION_CODES).nullable(),
  continues: z.string().nullable().meta({ description: 'the older complaint that it continues' }),
  receivedAt: instant,
  answerDueAt: instant.meta({ description: 'a person answers until then' }),
  answeredAt: instant.nullable(),
  solutionDueAt: instant.meta({
    description: 'a solution until then; later by the time that we wait for you',
  }),
  endedAt: instant.nullable(),
  reopenUntil: instant
    .nullable()
    .meta({ description: 'a message until then opens it again; after it, a new one begins' }),
  version: z.int().meta({ description: 'only grows' }),
});

export const complaintDetailView = complaintView.extend({
  trail: z
    .array(
      z.object({
        at: instant,
        type: z.enum(COMPLAINT_EVENT_TYPES.filter(isPublicEvent)),
        by: z.enum(COMPLAINT_AUTHORS),
        text: z.string().nullable(),
        resolution: z.enum(RESOLUTION_CODES).nullable(),
        images: z.array(
          z.object({
            imageNo: z.string(),
            mediaType: z.string(),
            bytes: z.int(),
            sha256: z.string(),
          }),
        ),
      }),
    )
    .meta({ description: 'what happened, oldest first; entries are added, never changed' }),
});

export const complaintPage = z.object({
  items: z.array(complaintView),
  nextCursor: z.string().nullable(),
});
