WITH revenues AS (
    SELECT ss_store_sk, ss_item_sk, sum(ss_sales_price) AS revenue
    FROM store_sales, date_dim
    WHERE ss_sold_date_sk = d_date_sk AND d_month_seq BETWEEN 1176 AND 1187
    GROUP BY ss_store_sk, ss_item_sk
), means AS (
    SELECT ss_store_sk, avg(revenue) AS mean FROM revenues GROUP BY ss_store_sk
)
SELECT s_store_name, i_item_desc, r.revenue, i_current_price, i_wholesale_cost, i_brand
FROM store
JOIN means m ON s_store_sk = m.ss_store_sk
JOIN revenues r ON r.ss_store_sk = m.ss_store_sk
JOIN item ON i_item_sk = r.ss_item_sk
WHERE r.revenue <= 0.1 * m.mean
ORDER BY s_store_name, i_item_desc, r.revenue, i_current_price, i_wholesale_cost, i_brand
LIMIT 100
