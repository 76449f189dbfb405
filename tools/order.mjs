// `npm run order -- --product STEAM-100 --quantity 1`: buys as a platform would, from the running system.
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { UserError, outliveTheConsole, print, printError } from './lib/progress.mjs';
import { readRun } from './lib/run-file.mjs';
import { PlatformClient, PlatformError } from './platform-client.mjs';

const HELP = `npm run order -- --product P --quantity N [options]

  --platform CODE     who buys (demo)
  --no NUMBER         the platform's own order number (a new one)
  --wait S            let the answer wait up to S seconds for the order to be final
  --callback-url U    where changes of the order are told
  --json              one JSON object, the order, on the last line`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        product: { type: 'string' },
        quantity: { type: 'string', default: '1' },
        platform: { type: 'string', default: 'demo' },
        no: { type: 'string' },
        wait: { type: 'string' },
        'callback-url': { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!values.help && values.product === undefined) throw new Error('--product is missing');
    if (Number.isNaN(Number(values.quantity)))
      throw new Error(`--quantity ${values.quantity} is not a number`);
    return values;
  } catch (error) {
    throw new UserError(/** @type {Error} */ (error).message.split('. ')[0] ?? '', { hint: HELP });
  }
}

/** @param {string} code */
function clientOf(code) {
  const run = readRun();
  const platform = run.platforms.find((one) => one.code === code);
  if (platform) return new PlatformClient({ api: run.api, ...platform, language: 'en' });
  const known = run.platforms.map((one) => one.code).join(', ');
  throw new UserError(`This system has no sample platform ${code}.`, {
    hint: known === '' ? 'It was begun with --empty.' : `There are: ${known}.`,
  });
}

/** @param {ReturnType<typeof options>} given */
async function buy(given) {
  const wanted = {
    merchantOrderNo: given.no ?? `CLI-${Date.now()}-${randomBytes(3).toString('hex')}`,
    productCode: /** @type {string} */ (given.product),
    quantity: Number(given.quantity),
    ...(given['callback-url'] === undefined ? {} : { callbackUrl: given['callback-url'] }),
  };
  const client = clientOf(given.platform);
  try {
    return await client.submitOrder(
      wanted,
      given.wait === undefined ? {} : { waitSeconds: Number(given.wait) },
    );
  } catch (error) {
    if (error instanceof PlatformError) throw new UserError(refusal(error, wanted.merchantOrderNo));
    const cause = /** @type {{ cause?: Error }} */ (error).cause;
    throw new UserError(
      `No answer from ${client.api}: ${cause?.message ?? /** @type {Error} */ (error).message}`,
      {
        hint: `Whether it was recorded is unknown; asking again is safe: --no ${wanted.merchantOrderNo}`,
      },
    );
  }
}

/** @param {PlatformError} error @param {string} number */
function refusal({ message, problem }, number) {
  const errors = (problem['errors'] ?? []).map(
    (/** @type {any} */ one) => `\n  ${one.pointer ?? ''} ${one.detail ?? one.message ?? ''}`,
  );
  return `Order ${number} was refused. ${message}${errors.join('')}`;
}

/** @param {any} order the order view */
function describe(order) {
  const cards = (order.cards ?? []).map((/** @type {any} */ card) =>
    `  ${card.cardNo}   ${card.cardPassword ?? ''}   ${card.expiresOn ? `until ${card.expiresOn}` : ''}`.trimEnd(),
  );
  return [
    `Order ${order.orderNo} (${order.merchantOrderNo}): ${order.status}`,
    `${order.quantity} × ${order.productCode} at ${order.unitPrice} = ${order.amount} yuan, delivered ${order.deliveredQuantity}`,
    ...(order.failReason ? [`Reason: ${order.failReason} (${order.failCode})`] : []),
    ...(cards.length > 0 ? ['', 'Card number and password:', ...cards] : []),
  ].join('\n');
}

outliveTheConsole();
try {
  const given = options();
  if (given.help) {
    print(HELP);
  } else {
    const order = await buy(given);
    print(given.json ? JSON.stringify(order) : describe(order));
    if (order.status === 'failed' || order.status === 'cancelled') process.exitCode = 1;
  }
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
