import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import { z } from 'zod';
import type { ErrorCode } from '#domain';
import { Problem } from '../http/problem.js';

export interface ApiCallText {
  readonly summary: string;
  readonly description?: string;
  readonly body?: z.ZodType;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<
    Record<number, { readonly description: string; readonly view: z.ZodType }>
  >;
  /** Codes beyond those that every signed call may answer. */
  readonly errors?: readonly ErrorCode[];
  /** Refusals that this call answers with 422 although their usual status is another. */
  readonly refusals?: readonly ErrorCode[];
}

const EVERY_CALL: readonly ErrorCode[] = [
  'auth.refused',
  'auth.clock-skew',
  'rate.exceeded',
  'service.unavailable',
];

const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  serverTime: z.int().optional(),
});

type SchemaObject =
  Exclude<Parameters<typeof ApiBody>[0], { type: unknown }> extends { schema: infer S } ? S : never;

/** OpenAPI 3.1 uses JSON Schema 2020-12 as it is. */
function schemaOf(schema: z.ZodType): SchemaObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as SchemaObject;
}

/** Describes a signed call in the OpenAPI document, from the same schemas that check it. */
export function ApiCall(text: ApiCallText): MethodDecorator {
  const { summary, description, body, params = {}, query, headers = {}, answers } = text;
  return applyDecorators(
    ApiSecurity('signature'),
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ...(body ? [ApiBody({ schema: schemaOf(body) })] : []),
    ...Object.entries(params).map(([name, meaning]) => ApiParam({ name, description: meaning })),
    ...Object.entries(query?.shape ?? {}).map(([name, field]) =>
      ApiQuery({ name, required: false, schema: schemaOf(field as z.ZodType) }),
    ),
    ...Object.entries(headers).map(([name, meaning]) =>
      ApiHeader({ name, description: meaning, required: false }),
    ),
    ...Object.entries(answers).map(([status, answer]) =>
      ApiResponse({
        status: Number(status),
        description: answer.description,
        schema: schemaOf(answer.view),
      }),
    ),
    ...problemResponses(text),
  );
}

function problemResponses({ errors = [], refusals = [] }: ApiCallText): MethodDecorator[] {
  const codesOf = new Map<number, ErrorCode[]>();
  const add = (status: number, code: ErrorCode): unknown =>
    codesOf.set(status, [...(codesOf.get(status) ?? []), code]);
  for (const code of [...EVERY_CALL, ...errors]) add(new Problem(code).status, code);
  for (const code of refusals) add(422, code);
  return [...codesOf].map(([status, codes]) =>
    ApiResponse({
      status,
      description: codes.map((code) => `\`${code}\``).join(', '),
      content: { 'application/problem+json': { schema: schemaOf(problemView) } },
    }),
  );
}
