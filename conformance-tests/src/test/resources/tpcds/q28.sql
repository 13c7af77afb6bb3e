SELECT *
FROM (SELECT avg(ss_list_price) AS b1_average, count(ss_list_price) AS b1, count(DISTINCT ss_list_price) AS b1_distinct
      FROM store_sales
      WHERE ss_quantity BETWEEN 0 AND 5 AND (ss_list_price BETWEEN 8 AND 18 OR ss_coupon_amt BETWEEN 459 AND 1459
          OR ss_wholesale_cost BETWEEN 57 AND 77)) b1
CROSS JOIN (SELECT avg(ss_list_price) AS b2_average, count(ss_list_price) AS b2, count(DISTINCT ss_list_price) AS b2_distinct
      FROM store_sales
      WHERE ss_quantity BETWEEN 6 AND 10 AND (ss_list_price BETWEEN 90 AND 100 OR ss_coupon_amt BETWEEN 2323 AND 3323
          OR ss_wholesale_cost BETWEEN 31 AND 51)) b2
CROSS JOIN (SELECT avg(ss_list_price) AS b3_average, count(ss_list_price) AS b3, count(DISTINCT ss_list_price) AS b3_distinct
      FROM store_sales
      WHERE ss_quantity BETWEEN 11 AND 15 AND (ss_list_price BETWEEN 142 AND 152 OR ss_coupon_amt BETWEEN 12214 AND 13214
          OR ss_wholesale_cost BETWEEN 79 AND 99)) b3
