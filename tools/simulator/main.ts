import { parseArgs } from 'node:util';
import { SAMPLE_SUPPLIERS } from './sample-suppliers.js';
import { Simulator } from './simulator.js';

// node dist/tools/simulator/main.js --port N [--host H] [--seed S] [--notify-retry-ms MS] [--sample]: a server that speaks the
// suppliers' protocols and misbehaves as it is told. See docs/supplier-protocols.md.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    seed: { type: 'string', default: '1' },
    'notify-retry-ms': { type: 'string', default: '5000' },
    sample: { type: 'boolean', default: false },
  },
});

const simulator = await Simulator.start({
  port: Number(values.port),
  host: values.host,
  seed: values.seed,
  notifyRetryMs: Number(values['notify-retry-ms']),
});
if (values.sample)
  for (const { mix, ...setup } of SAMPLE_SUPPLIERS) {
    simulator.add(setup);
    simulator.suppliers.get(setup.code)?.behave({ mix });
  }
console.log(`supplier simulator at ${simulator.url}, seed ${values.seed}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void simulator.stop();
  });
