SELECT *
FROM (
    SELECT i_manufact_id, sum(ss_sales_price) AS total,
        avg(sum(ss_sales_price)) OVER (PARTITION BY i_manufact_id) AS mean
    FROM item, store_sales, date_dim, store
    WHERE ss_item_sk = i_item_sk AND ss_sold_date_sk = d_date_sk AND ss_store_sk = s_store_sk
      AND d_month_seq IN (1200, 1201, 1202, 1203, 1204, 1205, 1206, 1207, 1208, 1209, 1210, 1211)
      AND (i_category IN ('Books', 'Children', 'Electronics') OR i_category IN ('Women', 'Music', 'Men'))
    GROUP BY i_manufact_id, d_qoy
) quarters
WHERE CASE WHEN mean > 0 THEN abs(total - mean) / mean END > 0.1
ORDER BY mean, total, i_manufact_id
LIMIT 100
