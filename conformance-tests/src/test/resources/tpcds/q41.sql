SELECT DISTINCT i_product_name
FROM item i1
WHERE i_manufact_id BETWEEN 500 AND 800
  AND (SELECT count(*) FROM item
       WHERE i_manufact = i1.i_manufact
         AND ((i_category = 'Women' AND i_color IN ('powder', 'khaki', 'brown', 'honeydew')
                 AND i_units IN ('Ounce', 'Oz', 'Bunch', 'Ton') AND i_size IN ('medium', 'extra large', 'N/A', 'small'))
             OR (i_category = 'Men' AND i_color IN ('floral', 'deep', 'light', 'cornflower')
                 AND i_units IN ('Box', 'Pound', 'Pallet', 'Gross') AND i_size IN ('petite', 'large', 'economy')))) > 0
ORDER BY i_product_name
LIMIT 100
