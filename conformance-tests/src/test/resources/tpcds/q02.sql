WITH sold AS (
    SELECT ws_sold_date_sk AS date_sk, ws_ext_sales_price AS price FROM web_sales
    UNION ALL
    SELECT cs_sold_date_sk, cs_ext_sales_price FROM catalog_sales
), weekly AS (
    SELECT
        d_week_seq AS week,
        sum(CASE WHEN d_day_name = 'Sunday' THEN price END) AS sunday,
        sum(CASE WHEN d_day_name = 'Monday' THEN price END) AS monday,
        sum(CASE WHEN d_day_name = 'Tuesday' THEN price END) AS tuesday,
        sum(CASE WHEN d_day_name = 'Wednesday' THEN price END) AS wednesday,
        sum(CASE WHEN d_day_name = 'Thursday' THEN price END) AS thursday,
        sum(CASE WHEN d_day_name = 'Friday' THEN price END) AS friday,
        sum(CASE WHEN d_day_name = 'Saturday' THEN price END) AS saturday
    FROM sold
    JOIN date_dim ON d_date_sk = date_sk
    GROUP BY d_week_seq
)
SELECT
    this.week,
    round(this.sunday / later.sunday, 2) AS sunday,
    round(this.monday / later.monday, 2) AS monday,
    round(this.tuesday / later.tuesday, 2) AS tuesday,
    round(this.wednesday / later.wednesday, 2) AS wednesday,
    round(this.thursday / later.thursday, 2) AS thursday,
    round(this.friday / later.friday, 2) AS friday,
    round(this.saturday / later.saturday, 2) AS saturday
FROM weekly this
JOIN weekly later ON later.week - 53 = this.week
WHERE this.week IN (SELECT d_week_seq FROM date_dim WHERE d_year = 2000)
  AND later.week IN (SELECT d_week_seq FROM date_dim WHERE d_year = 2001)
ORDER BY this.week
