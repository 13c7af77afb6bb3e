WITH yearly AS (
    SELECT c_customer_id AS id, c_preferred_cust_flag AS preferred, d_year AS sold, 's' AS channel,
        sum(ss_ext_list_price - ss_ext_discount_amt) AS total
    FROM customer
    JOIN store_sales ON c_customer_sk = ss_customer_sk
    JOIN date_dim ON ss_sold_date_sk = d_date_sk
    GROUP BY c_customer_id, c_preferred_cust_flag, d_year
    UNION ALL
    SELECT c_customer_id, c_preferred_cust_flag, d_year, 'w', sum(ws_ext_list_price - ws_ext_discount_amt)
    FROM customer
    JOIN web_sales ON c_customer_sk = ws_bill_customer_sk
    JOIN date_dim ON ws_sold_date_sk = d_date_sk
    GROUP BY c_customer_id, c_preferred_cust_flag, d_year
)
SELECT s2.id, s2.preferred
FROM yearly s1
JOIN yearly s2 ON s2.id = s1.id
JOIN yearly w1 ON w1.id = s1.id
JOIN yearly w2 ON w2.id = s1.id
WHERE s1.channel = 's' AND s2.channel = 's' AND w1.channel = 'w' AND w2.channel = 'w'
  AND s1.sold = 2000 AND s2.sold = 2001 AND w1.sold = 2000 AND w2.sold = 2001
  AND s1.total > 0 AND w1.total > 0
  AND w2.total / w1.total > s2.total / s1.total
ORDER BY s2.id, s2.preferred
LIMIT 100
