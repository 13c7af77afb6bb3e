SELECT *
FROM (
    SELECT i_category, i_class, i_brand, s_store_name, s_company_name, d_moy, sum(ss_sales_price) AS total,
        avg(sum(ss_sales_price)) OVER (PARTITION BY i_category, i_brand, s_store_name, s_company_name) AS mean
    FROM item, store_sales, date_dim, store
    WHERE ss_item_sk = i_item_sk AND ss_sold_date_sk = d_date_sk AND ss_store_sk = s_store_sk AND d_year = 1999
      AND (i_category IN ('Books', 'Electronics', 'Sports') OR i_category IN ('Men', 'Jewelry', 'Women'))
    GROUP BY i_category, i_class, i_brand, s_store_name, s_company_name, d_moy
) months
WHERE CASE WHEN mean <> 0 THEN abs(total - mean) / mean END > 0.1
ORDER BY total - mean, s_store_name, i_category, i_class, i_brand, d_moy
LIMIT 100
