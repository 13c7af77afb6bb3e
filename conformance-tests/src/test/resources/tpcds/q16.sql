SELECT count(DISTINCT cs_order_number) AS orders, sum(cs_ext_ship_cost) AS shipping, sum(cs_net_profit) AS profit
FROM catalog_sales cs1
JOIN date_dim ON cs1.cs_ship_date_sk = d_date_sk
JOIN customer_address ON cs1.cs_ship_addr_sk = ca_address_sk
JOIN call_center ON cs1.cs_call_center_sk = cc_call_center_sk
WHERE d_date BETWEEN DATE '2002-02-01' AND DATE '2002-02-01' + INTERVAL 60 DAY
  AND ca_state = 'GA'
  AND EXISTS (
      SELECT * FROM catalog_sales cs2
      WHERE cs1.cs_order_number = cs2.cs_order_number AND cs1.cs_warehouse_sk = cs2.cs_warehouse_sk)
  AND NOT EXISTS (SELECT * FROM catalog_returns cr1 WHERE cs1.cs_order_number = cr1.cr_order_number)
