import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const SIGNING = `Every call is signed. Send four headers:

| header | value |
| --- | --- |
| \`Kagong-Key\` | public id of your API credential |
| \`Kagong-Timestamp\` | Unix seconds; more than 300 s off is refused with \`auth.clock-skew\` |
| \`Kagong-Nonce\` | 16 to 64 of \`[A-Za-z0-9_-]\`, never used before |
| \`Kagong-Signature\` | lower-case hex HMAC-SHA256 with your secret over \`METHOD\\nPATH?QUERY\\nTIMESTAMP\\nNONCE\\nSHA256HEX(raw body)\`; an absent body hashes as the empty string |

Your order number is the idempotency key for ever: send a submit again (with a fresh nonce) until it is answered, and it
buys once. Amounts are decimal strings in yuan. Errors are \`application/problem+json\`; \`code\` is for programs,
\`detail\` speaks the language of \`Accept-Language\` (Chinese or English).

**Callbacks.** When an order becomes final, \`{"type":"order.updated","data":{order view}}\` is posted to its
\`callbackUrl\`, signed per Standard Webhooks (\`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`) with your
callback secret. Answer 2xx with an empty body, \`ok\` or \`success\`. Otherwise it comes again under the same
\`webhook-id\`: after 15 s, 15 s, 30 s, 3 min, 10 min, 20 min, 30 min, then hourly for a day. Complaints that name a
\`callbackUrl\` are told of in the same way: \`{"type":"complaint.updated","data":{complaint view}}\`.`;

/** Serves the document made from the code at `/open/openapi.json` and its page at `/open/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const header = (name: string): { type: 'apiKey'; in: 'header'; name: string } => ({
    type: 'apiKey',
    in: 'header',
    name,
  });
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kagong 卡供 platform API')
    .setVersion('1')
    .setDescription(SIGNING)
    .addSecurity('signature', header('Kagong-Signature'))
    .build();
  const document = SwaggerModule.createDocument(app, config);
  SwaggerModule.setup('open/docs', app, document, {
    jsonDocumentUrl: 'open/openapi.json',
    yamlDocumentUrl: 'open/openapi.yaml',
    customSiteTitle: 'Kagong 卡供 API',
  });
}
