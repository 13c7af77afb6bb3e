WITH sold AS (
    SELECT i_item_id, i_category, ss_ext_sales_price AS price, ss_sold_date_sk AS date_sk, ss_addr_sk AS addr_sk
    FROM store_sales, item
    WHERE ss_item_sk = i_item_sk
    UNION ALL
    SELECT i_item_id, i_category, cs_ext_sales_price, cs_sold_date_sk, cs_bill_addr_sk
    FROM catalog_sales, item
    WHERE cs_item_sk = i_item_sk
    UNION ALL
    SELECT i_item_id, i_category, ws_ext_sales_price, ws_sold_date_sk, ws_bill_addr_sk
    FROM web_sales, item
    WHERE ws_item_sk = i_item_sk
)
SELECT i_item_id, sum(price) AS total
FROM sold, date_dim, customer_address
WHERE i_item_id IN (SELECT i_item_id FROM item WHERE i_category = 'Music')
  AND date_sk = d_date_sk AND d_year = 1998 AND d_moy = 9 AND addr_sk = ca_address_sk AND ca_gmt_offset = -5
GROUP BY i_item_id
ORDER BY i_item_id, total
LIMIT 100
