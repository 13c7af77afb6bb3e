SELECT cd_gender, cd_marital_status, cd_education_status, count(*) AS customers, cd_purchase_estimate,
    cd_credit_rating, cd_dep_count, cd_dep_employed_count, cd_dep_college_count
FROM customer c
JOIN customer_address ca ON c.c_current_addr_sk = ca.ca_address_sk
JOIN customer_demographics ON cd_demo_sk = c.c_current_cdemo_sk
WHERE ca_county LIKE '%a%'
  AND EXISTS (
      SELECT * FROM store_sales, date_dim
      WHERE c.c_customer_sk = ss_customer_sk AND ss_sold_date_sk = d_date_sk AND d_year = 2001 AND d_moy BETWEEN 1 AND 4)
  AND (EXISTS (
          SELECT * FROM web_sales, date_dim
          WHERE c.c_customer_sk = ws_bill_customer_sk AND ws_sold_date_sk = d_date_sk AND d_year = 2001
            AND d_moy BETWEEN 1 AND 4)
      OR EXISTS (
          SELECT * FROM catalog_sales, date_dim
          WHERE c.c_customer_sk = cs_ship_customer_sk AND cs_sold_date_sk = d_date_sk AND d_year = 2001
            AND d_moy BETWEEN 1 AND 4))
GROUP BY cd_gender, cd_marital_status, cd_education_status, cd_purchase_estimate, cd_credit_rating, cd_dep_count,
    cd_dep_employed_count, cd_dep_college_count
ORDER BY cd_gender, cd_marital_status, cd_education_status, cd_purchase_estimate, cd_credit_rating, cd_dep_count,
    cd_dep_employed_count, cd_dep_college_count
LIMIT 100
