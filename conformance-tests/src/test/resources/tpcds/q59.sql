WITH weekly AS (
    SELECT d_week_seq, ss_store_sk,
        sum(CASE WHEN d_day_name = 'Sunday' THEN ss_sales_price END) AS sunday,
        sum(CASE WHEN d_day_name = 'Wednesday' THEN ss_sales_price END) AS wednesday,
        sum(CASE WHEN d_day_name = 'Saturday' THEN ss_sales_price END) AS saturday
    FROM store_sales, date_dim
    WHERE d_date_sk = ss_sold_date_sk
    GROUP BY d_week_seq, ss_store_sk
)
SELECT s_store_name, s_store_id, y.d_week_seq, y.sunday / x.sunday AS sunday, y.wednesday / x.wednesday AS wednesday,
    y.saturday / x.saturday AS saturday
FROM weekly y
JOIN store ON y.ss_store_sk = s_store_sk
JOIN weekly x ON x.ss_store_sk = y.ss_store_sk AND y.d_week_seq = x.d_week_seq - 52
WHERE EXISTS (SELECT * FROM date_dim d WHERE d.d_week_seq = y.d_week_seq AND d.d_month_seq BETWEEN 1200 AND 1211)
ORDER BY s_store_name, s_store_id, y.d_week_seq
LIMIT 100
