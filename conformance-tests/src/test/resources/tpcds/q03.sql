SELECT d_year, i_brand_id, i_brand, sum(ss_ext_sales_price) AS total
FROM date_dim
JOIN store_sales ON d_date_sk = ss_sold_date_sk
JOIN item ON ss_item_sk = i_item_sk
WHERE i_manufact_id BETWEEN 100 AND 200
  AND d_moy = 11
GROUP BY d_year, i_brand_id, i_brand
ORDER BY d_year, total DESC, i_brand_id, i_brand
LIMIT 100
