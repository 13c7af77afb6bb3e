WITH shop AS (
    SELECT ss_customer_sk AS customer_sk, ss_item_sk AS item_sk
    FROM store_sales, date_dim
    WHERE ss_sold_date_sk = d_date_sk AND d_month_seq BETWEEN 1200 AND 1211
    GROUP BY ss_customer_sk, ss_item_sk
), catalogue AS (
    SELECT cs_bill_customer_sk AS customer_sk, cs_item_sk AS item_sk
    FROM catalog_sales, date_dim
    WHERE cs_sold_date_sk = d_date_sk AND d_month_seq BETWEEN 1200 AND 1211
    GROUP BY cs_bill_customer_sk, cs_item_sk
)
SELECT sum(CASE WHEN shop.customer_sk IS NOT NULL AND catalogue.customer_sk IS NULL THEN 1 ELSE 0 END) AS shop_only,
    sum(CASE WHEN shop.customer_sk IS NULL AND catalogue.customer_sk IS NOT NULL THEN 1 ELSE 0 END) AS catalogue_only,
    sum(CASE WHEN shop.customer_sk IS NOT NULL AND catalogue.customer_sk IS NOT NULL THEN 1 ELSE 0 END) AS either
FROM shop
FULL OUTER JOIN catalogue ON shop.customer_sk = catalogue.customer_sk AND shop.item_sk = catalogue.item_sk
