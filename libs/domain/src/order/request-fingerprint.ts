/** The content of a submit: everything but signing headers. Absent fields are null. */
export interface OrderRequest {
  readonly merchantOrderNo: string;
  readonly productCode: string;
  readonly quantity: number;
  readonly account: Readonly<Record<string, string>>;
  readonly maxAmountHao: number | null;
  readonly callbackUrl: string | null;
  readonly customerNo: string | null;
  readonly saleChannel: string | null;
  readonly remark: string | null;
}

/**
 * One text for one content: two requests under the same number are the same order only if these texts are equal.
 * Field order and account key order of the JSON as sent do not count.
 */
export function canonicalRequest(request: OrderRequest): string {
  const account = Object.entries(request.account).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([
    request.merchantOrderNo,
    request.productCode,
    request.quantity,
    account,
    request.maxAmountHao,
    request.callbackUrl,
    request.customerNo,
    request.saleChannel,
    request.remark,
  ]);
}
