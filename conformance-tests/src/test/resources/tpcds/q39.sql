WITH spread AS (
    SELECT w_warehouse_name, w_warehouse_sk, i_item_sk, d_moy, avg(inv_quantity_on_hand) AS mean,
        stddev_samp(inv_quantity_on_hand) AS deviation
    FROM inventory, item, warehouse, date_dim
    WHERE inv_item_sk = i_item_sk AND inv_warehouse_sk = w_warehouse_sk AND inv_date_sk = d_date_sk AND d_year = 2001
    GROUP BY w_warehouse_name, w_warehouse_sk, i_item_sk, d_moy
    HAVING avg(inv_quantity_on_hand) > 0 AND stddev_samp(inv_quantity_on_hand) / avg(inv_quantity_on_hand) > 1
)
SELECT a.w_warehouse_sk, a.i_item_sk, a.d_moy, a.mean, a.deviation / a.mean AS variation,
    b.d_moy AS next_moy, b.mean AS next_mean, b.deviation / b.mean AS next_variation
FROM spread a
JOIN spread b ON a.i_item_sk = b.i_item_sk AND a.w_warehouse_sk = b.w_warehouse_sk
WHERE a.d_moy = 1 AND b.d_moy = 2
ORDER BY a.w_warehouse_sk, a.i_item_sk
