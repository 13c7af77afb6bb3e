WITH yearly AS (
    SELECT c_customer_id AS id, c_first_name AS first_name, d_year AS year, sum(ss_net_paid) AS total, 's' AS channel
    FROM customer, store_sales, date_dim
    WHERE c_customer_sk = ss_customer_sk AND ss_sold_date_sk = d_date_sk AND d_year IN (2001, 2002)
    GROUP BY c_customer_id, c_first_name, d_year
    UNION ALL
    SELECT c_customer_id, c_first_name, d_year, sum(ws_net_paid), 'w'
    FROM customer, web_sales, date_dim
    WHERE c_customer_sk = ws_bill_customer_sk AND ws_sold_date_sk = d_date_sk AND d_year IN (2001, 2002)
    GROUP BY c_customer_id, c_first_name, d_year
)
SELECT s2.id, s2.first_name
FROM yearly s1, yearly s2, yearly w1, yearly w2
WHERE s2.id = s1.id AND s1.id = w2.id AND s1.id = w1.id
  AND s1.channel = 's' AND w1.channel = 'w' AND s2.channel = 's' AND w2.channel = 'w'
  AND s1.year = 2001 AND s2.year = 2002 AND w1.year = 2001 AND w2.year = 2002 AND s1.total > 0 AND w1.total > 0
  AND w2.total / w1.total > s2.total / s1.total
ORDER BY s2.id, s2.first_name
LIMIT 100
