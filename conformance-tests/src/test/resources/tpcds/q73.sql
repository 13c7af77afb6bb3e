SELECT c_last_name, c_first_name, c_salutation, c_preferred_cust_flag, ss_ticket_number, items
FROM (
    SELECT ss_ticket_number, ss_customer_sk, count(*) AS items
    FROM store_sales, date_dim, store, household_demographics
    WHERE ss_sold_date_sk = d_date_sk AND ss_store_sk = s_store_sk AND ss_hdemo_sk = hd_demo_sk
      AND d_dom BETWEEN 1 AND 2 AND (hd_buy_potential = '>10000' OR hd_buy_potential = 'Unknown')
      AND hd_vehicle_count > 0 AND CASE WHEN hd_vehicle_count > 0 THEN hd_dep_count / hd_vehicle_count END > 1
      AND d_year IN (1999, 2000, 2001)
    GROUP BY ss_ticket_number, ss_customer_sk
) dj, customer
WHERE ss_customer_sk = c_customer_sk AND items BETWEEN 1 AND 15
ORDER BY items DESC, c_last_name, c_first_name, ss_ticket_number
