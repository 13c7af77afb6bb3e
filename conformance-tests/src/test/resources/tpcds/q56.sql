WITH coloured AS (SELECT i_item_id FROM item WHERE i_color IN ('slate', 'blanched', 'burnished')),
sold AS (
    SELECT i_item_id, ss_ext_sales_price AS price, ss_sold_date_sk AS date_sk, ss_addr_sk AS addr_sk
    FROM store_sales JOIN item ON ss_item_sk = i_item_sk
    UNION ALL
    SELECT i_item_id, cs_ext_sales_price, cs_sold_date_sk, cs_bill_addr_sk
    FROM catalog_sales JOIN item ON cs_item_sk = i_item_sk
    UNION ALL
    SELECT i_item_id, ws_ext_sales_price, ws_sold_date_sk, ws_bill_addr_sk
    FROM web_sales JOIN item ON ws_item_sk = i_item_sk
)
SELECT i_item_id, sum(price) AS total
FROM sold
JOIN date_dim ON date_sk = d_date_sk
JOIN customer_address ON addr_sk = ca_address_sk
WHERE i_item_id IN (SELECT i_item_id FROM coloured) AND d_year = 2001 AND ca_gmt_offset = -5
GROUP BY i_item_id
ORDER BY total, i_item_id
LIMIT 100
