import type { Pool } from 'pg';
import { readSupplierConnection, type MasterKeys, type SupplierConnection } from '#domain/stores';

/** A supplier as calls need it. */
export type SupplierTarget = SupplierConnection;

const KEPT_MS = 2_000;

/** Reads a supplier's address and secret, and keeps them for two seconds: a change of staff counts at once for people. */
export class SupplierConnections {
  private readonly kept = new Map<
    string,
    { readonly target: SupplierTarget; readonly untilMs: number }
  >();

  constructor(
    private readonly pool: Pool,
    private readonly masterKeys: MasterKeys,
  ) {}

  async of(supplierId: string): Promise<SupplierTarget> {
    const known = this.kept.get(supplierId);
    if (known && Date.now() < known.untilMs) return known.target;
    const target = await readSupplierConnection(this.pool, this.masterKeys, supplierId);
    this.kept.set(supplierId, { target, untilMs: Date.now() + KEPT_MS });
    return target;
  }
}
