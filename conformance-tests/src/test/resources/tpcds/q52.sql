SELECT dt.d_year, item.i_brand_id, item.i_brand, sum(ss_ext_sales_price) AS price
FROM date_dim dt, store_sales, item
WHERE dt.d_date_sk = store_sales.ss_sold_date_sk AND store_sales.ss_item_sk = item.i_item_sk
  AND item.i_manager_id BETWEEN 1 AND 5 AND dt.d_moy = 11 AND dt.d_year = 2000
GROUP BY dt.d_year, item.i_brand, item.i_brand_id
ORDER BY dt.d_year, price DESC, i_brand_id, i_brand
LIMIT 100
