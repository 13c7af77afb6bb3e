SELECT CAST(morning AS DECIMAL(15, 4)) / CAST(nullif(evening, 0) AS DECIMAL(15, 4)) AS ratio
FROM (SELECT count(*) AS morning
      FROM web_sales, household_demographics, time_dim, web_page
      WHERE ws_sold_time_sk = t_time_sk AND ws_ship_hdemo_sk = hd_demo_sk AND ws_web_page_sk = wp_web_page_sk
        AND t_hour BETWEEN 8 AND 9 AND hd_dep_count = 6) am,
     (SELECT count(*) AS evening
      FROM web_sales, household_demographics, time_dim, web_page
      WHERE ws_sold_time_sk = t_time_sk AND ws_ship_hdemo_sk = hd_demo_sk AND ws_web_page_sk = wp_web_page_sk
        AND t_hour BETWEEN 19 AND 20 AND hd_dep_count = 6) pm
