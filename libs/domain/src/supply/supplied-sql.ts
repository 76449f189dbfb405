/** Whether somebody delivers the product that is not in stock: a condition on the id that is named. */
export const isSuppliedSql = (productId: string): string => `
  EXISTS (SELECT 1 FROM supply_routes r JOIN suppliers s ON s.id = r.supplier_id
    WHERE r.product_id = ${productId} AND r.status = 'active' AND s.status = 'active')`;
