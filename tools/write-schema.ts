import { writeFile } from 'node:fs/promises';
import { schemaText } from './master-data/document.js';

// npm run schema: writes the published schema of master data, docs/master-data.schema.json.
await writeFile(new URL('../../docs/master-data.schema.json', import.meta.url), schemaText());
