SELECT ss_customer_sk, sum(actual) AS total
FROM (
    SELECT ss_customer_sk,
        CASE WHEN sr_return_quantity IS NOT NULL THEN (ss_quantity - sr_return_quantity) * ss_sales_price
            ELSE ss_quantity * ss_sales_price END AS actual
    FROM store_sales
    LEFT OUTER JOIN store_returns ON sr_item_sk = ss_item_sk AND sr_ticket_number = ss_ticket_number
    JOIN reason ON sr_reason_sk = r_reason_sk
) sold
GROUP BY ss_customer_sk
ORDER BY total, ss_customer_sk
LIMIT 100
