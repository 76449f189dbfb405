const NODE_LINE = `node --input-type=module -e "
import { readFileSync } from 'node:fs';
import { PlatformClient } from './tools/platform-client.mjs';
const { api, platforms } = JSON.parse(readFileSync('.data/run.json'));
const demo = new PlatformClient({ api, ...platforms[0] });
console.log(await demo.submitOrder({ merchantOrderNo: 'M' + Date.now(), productCode: 'STEAM-100', quantity: 1 }));
"`;

/** The block that ends a start. @param {import('./run-file.mjs').Run} run */
export function welcome(run) {
  const owner = run.staff[0];
  const lines = [
    '',
    'Kagong 卡供 is ready. Ctrl-C stops it; its data stays.',
    '',
    `  Admin panel   ${run.admin}   ${owner?.email} / ${owner?.password}`,
    `  Platform API  ${run.api}/open/docs`,
    `  Temporal UI   ${run.temporalUi}`,
    '  Logs          .data/logs, everything for scripts: .data/run.json',
    '',
  ];
  if (run.platforms.length === 0)
    return [...lines, 'It began empty: make a platform and a product in the panel.', ''].join('\n');
  return [
    ...lines,
    'Buy a code (in another terminal, same folder):',
    '  npm run order -- --product STEAM-100 --quantity 1',
    '',
    'The same as a program, signed:',
    NODE_LINE,
    '',
  ].join('\n');
}
