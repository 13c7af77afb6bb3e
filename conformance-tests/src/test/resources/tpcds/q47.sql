WITH monthly AS (
    SELECT i_category, i_brand, s_store_name, s_company_name, d_year, d_moy, sum(ss_sales_price) AS total,
        avg(sum(ss_sales_price)) OVER (PARTITION BY i_category, i_brand, s_store_name, s_company_name, d_year) AS mean,
        rank() OVER (PARTITION BY i_category, i_brand, s_store_name, s_company_name ORDER BY d_year, d_moy) AS month
    FROM item, store_sales, date_dim, store
    WHERE ss_item_sk = i_item_sk AND ss_sold_date_sk = d_date_sk AND ss_store_sk = s_store_sk
      AND (d_year = 1999 OR (d_year = 1998 AND d_moy = 12) OR (d_year = 2000 AND d_moy = 1))
    GROUP BY i_category, i_brand, s_store_name, s_company_name, d_year, d_moy
)
SELECT this.i_category, this.i_brand, this.s_store_name, this.d_year, this.d_moy, this.mean, this.total,
    earlier.total AS before, later.total AS after
FROM monthly this
JOIN monthly earlier
    ON this.i_category = earlier.i_category AND this.i_brand = earlier.i_brand
    AND this.s_store_name = earlier.s_store_name AND this.s_company_name = earlier.s_company_name
    AND this.month = earlier.month + 1
JOIN monthly later
    ON this.i_category = later.i_category AND this.i_brand = later.i_brand
    AND this.s_store_name = later.s_store_name AND this.s_company_name = later.s_company_name
    AND this.month = later.month - 1
WHERE this.d_year = 1999 AND this.mean > 0 AND abs(this.total - this.mean) / this.mean > 0.1
ORDER BY this.total - this.mean, this.i_category, this.i_brand, this.s_store_name, this.d_moy
LIMIT 100
