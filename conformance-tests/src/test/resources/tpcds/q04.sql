WITH yearly AS (
    SELECT c_customer_id AS id, c_first_name AS first_name, c_last_name AS last_name, d_year AS sold, 's' AS channel,
        sum(((ss_ext_list_price - ss_ext_wholesale_cost - ss_ext_discount_amt) + ss_ext_sales_price) / 2) AS total
    FROM customer, store_sales, date_dim
    WHERE c_customer_sk = ss_customer_sk AND ss_sold_date_sk = d_date_sk
    GROUP BY ALL
    UNION ALL
    SELECT c_customer_id, c_first_name, c_last_name, d_year, 'c',
        sum(((cs_ext_list_price - cs_ext_wholesale_cost - cs_ext_discount_amt) + cs_ext_sales_price) / 2)
    FROM customer, catalog_sales, date_dim
    WHERE c_customer_sk = cs_bill_customer_sk AND cs_sold_date_sk = d_date_sk
    GROUP BY ALL
    UNION ALL
    SELECT c_customer_id, c_first_name, c_last_name, d_year, 'w',
        sum(((ws_ext_list_price - ws_ext_wholesale_cost - ws_ext_discount_amt) + ws_ext_sales_price) / 2)
    FROM customer, web_sales, date_dim
    WHERE c_customer_sk = ws_bill_customer_sk AND ws_sold_date_sk = d_date_sk
    GROUP BY ALL
)
SELECT s2.id, s2.first_name, s2.last_name
FROM yearly s1, yearly s2, yearly c1, yearly c2, yearly w1, yearly w2
WHERE s2.id = s1.id AND c1.id = s1.id AND c2.id = s1.id AND w1.id = s1.id AND w2.id = s1.id
  AND s1.channel = 's' AND s2.channel = 's' AND c1.channel = 'c' AND c2.channel = 'c'
  AND w1.channel = 'w' AND w2.channel = 'w'
  AND s1.sold = 2000 AND s2.sold = 2001 AND c1.sold = 2000 AND c2.sold = 2001 AND w1.sold = 2000 AND w2.sold = 2001
  AND s1.total > 0 AND c1.total > 0 AND w1.total > 0
  AND c2.total / c1.total > s2.total / s1.total
  AND c2.total / c1.total > w2.total / w1.total
ORDER BY s2.id, s2.first_name, s2.last_name
LIMIT 100
