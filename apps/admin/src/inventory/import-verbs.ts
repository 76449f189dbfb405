import type { Pool } from 'pg';
import type { PanelStaff } from '../resource/resource-definition.js';
import type { Verb } from '../components/views.js';

/** The refused lines of an import, to be set right in the file. */
export async function importVerbs(
  pool: Pool,
  _staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const found = await pool.query('SELECT 1 FROM card_imports WHERE id = $1 AND refused_count > 0', [
    id,
  ]);
  if (found.rowCount !== 1) return [];
  return [
    { name: 'downloadReport', path: `imports/${id}/report.csv`, kind: 'download', tone: 'plain' },
  ];
}
