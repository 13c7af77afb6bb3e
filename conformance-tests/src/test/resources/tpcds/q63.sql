SELECT *
FROM (
    SELECT i_manager_id, sum(ss_sales_price) AS total,
        avg(sum(ss_sales_price)) OVER (PARTITION BY i_manager_id) AS mean
    FROM item
    JOIN store_sales ON ss_item_sk = i_item_sk
    JOIN date_dim ON ss_sold_date_sk = d_date_sk
    JOIN store ON ss_store_sk = s_store_sk
    WHERE d_month_seq BETWEEN 1200 AND 1211
      AND ((i_category IN ('Books', 'Children', 'Electronics') AND i_class IN ('personal', 'portable', 'reference'))
          OR (i_category IN ('Women', 'Music', 'Men') AND i_class IN ('accessories', 'classical', 'pants')))
    GROUP BY i_manager_id, d_moy
) months
WHERE CASE WHEN mean > 0 THEN abs(total - mean) / mean END > 0.1
ORDER BY i_manager_id, mean, total
LIMIT 100
