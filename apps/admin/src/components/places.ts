/** Addresses inside the panel that several pages link to. */
export const ORDERS = '/admin/resources/Order';
export const CALLBACKS = '/admin/resources/CallbackDelivery';
export const IMPORTS = '/admin/resources/CardImport';
const IMPORT = `${IMPORTS}/actions/import`;

export const importPage = (productCode?: string): string =>
  productCode === undefined ? IMPORT : `${IMPORT}?product=${encodeURIComponent(productCode)}`;

export const recordPage = (entity: string, id: string): string =>
  `/admin/resources/${entity}/records/${id}/show`;
