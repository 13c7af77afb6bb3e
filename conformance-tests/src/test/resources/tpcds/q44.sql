WITH profits AS (
    SELECT ss_item_sk AS item_sk, avg(ss_net_profit) AS mean
    FROM store_sales
    WHERE ss_store_sk = 1
    GROUP BY ss_item_sk
    HAVING avg(ss_net_profit) > 0.9 * (
        SELECT avg(ss_net_profit) FROM store_sales WHERE ss_store_sk = 1 AND ss_addr_sk IS NULL GROUP BY ss_store_sk)
)
SELECT best.place, i1.i_product_name AS best_product, i2.i_product_name AS worst_product
FROM (SELECT item_sk, rank() OVER (ORDER BY mean DESC) AS place FROM profits) best
JOIN (SELECT item_sk, rank() OVER (ORDER BY mean) AS place FROM profits) worst ON worst.place = best.place
JOIN item i1 ON i1.i_item_sk = best.item_sk
JOIN item i2 ON i2.i_item_sk = worst.item_sk
WHERE best.place < 11
ORDER BY best.place, best_product, worst_product
