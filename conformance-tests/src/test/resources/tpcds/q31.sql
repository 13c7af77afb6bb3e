WITH ss AS (
    SELECT ca_county AS county, d_qoy AS quarter, d_year AS year, sum(ss_ext_sales_price) AS sales
    FROM store_sales, date_dim, customer_address
    WHERE ss_sold_date_sk = d_date_sk AND ss_addr_sk = ca_address_sk
    GROUP BY ca_county, d_qoy, d_year
), ws AS (
    SELECT ca_county AS county, d_qoy AS quarter, d_year AS year, sum(ws_ext_sales_price) AS sales
    FROM web_sales, date_dim, customer_address
    WHERE ws_sold_date_sk = d_date_sk AND ws_bill_addr_sk = ca_address_sk
    GROUP BY ca_county, d_qoy, d_year
)
SELECT ss1.county, ss1.year, ws2.sales / ws1.sales AS web_12, ss2.sales / ss1.sales AS store_12,
    ws3.sales / ws2.sales AS web_23, ss3.sales / ss2.sales AS store_23
FROM ss ss1, ss ss2, ss ss3, ws ws1, ws ws2, ws ws3
WHERE ss1.quarter = 1 AND ss1.year = 2000 AND ss1.county = ss2.county AND ss2.quarter = 2 AND ss2.year = 2000
  AND ss2.county = ss3.county AND ss3.quarter = 3 AND ss3.year = 2000
  AND ss1.county = ws1.county AND ws1.quarter = 1 AND ws1.year = 2000
  AND ws1.county = ws2.county AND ws2.quarter = 2 AND ws2.year = 2000
  AND ws1.county = ws3.county AND ws3.quarter = 3 AND ws3.year = 2000
  AND CASE WHEN ws1.sales > 0 THEN ws2.sales / ws1.sales END > CASE WHEN ss1.sales > 0 THEN ss2.sales / ss1.sales END
  AND CASE WHEN ws2.sales > 0 THEN ws3.sales / ws2.sales END > CASE WHEN ss2.sales > 0 THEN ss3.sales / ss2.sales END
ORDER BY ss1.county
