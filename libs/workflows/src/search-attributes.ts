import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { OrderStatus } from '#domain';

export const ORDER_NO = defineSearchAttributeKey('OrderNo', 'KEYWORD');
export const MERCHANT_ORDER_NO = defineSearchAttributeKey('MerchantOrderNo', 'KEYWORD');
export const PLATFORM_CODE = defineSearchAttributeKey('PlatformCode', 'KEYWORD');
export const PRODUCT_CODE = defineSearchAttributeKey('ProductCode', 'KEYWORD');
export const SUPPLIER_CODE = defineSearchAttributeKey('SupplierCode', 'KEYWORD_LIST');
export const ORDER_STATUS = defineSearchAttributeKey('OrderStatus', 'KEYWORD');
export const COMPLAINT_NO = defineSearchAttributeKey('ComplaintNo', 'KEYWORD');
export const COMPLAINT_SEVERITY = defineSearchAttributeKey('ComplaintSeverity', 'KEYWORD');

/** What ops find a run by; never codes, secrets or personal data. */
export interface OrderSearchFacts {
  readonly orderNo: string;
  readonly merchantOrderNo: string;
  readonly platformCode: string;
  readonly productCode: string;
  readonly status: OrderStatus;
}

export function orderSearchAttributes(facts: OrderSearchFacts): SearchAttributePair[] {
  return [
    { key: ORDER_NO, value: facts.orderNo },
    { key: MERCHANT_ORDER_NO, value: facts.merchantOrderNo },
    { key: PLATFORM_CODE, value: facts.platformCode },
    { key: PRODUCT_CODE, value: facts.productCode },
    { key: ORDER_STATUS, value: facts.status },
  ];
}
