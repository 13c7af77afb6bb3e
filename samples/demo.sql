-- A tour of Sluice, on the flights within the United States in January 2001.
-- ./sluice demo runs it on a fresh server.

-- A schema to work in.

CREATE SCHEMA air;

USE air;

-- Airports: COPY INTO takes the columns from the file where the table does not exist yet.

COPY INTO airports FROM '${samples}/airports.csv';

DESCRIBE airports;

-- Flights: an Iceberg table with columns of our choice, a partition for each day.

CREATE TABLE flights (
  date        TIMESTAMP,
  delay       BIGINT,
  distance    BIGINT,
  origin      VARCHAR,
  destination VARCHAR
) PARTITIONED BY (day(date));

COPY INTO flights FROM '${samples}/flights-2001-01.parquet';

SELECT count(*) AS flights, min(date) AS first, max(date) AS last, count(DISTINCT origin) AS airports
FROM flights;

-- Of a question about one day only that day's file is read. EXPLAIN tells which files and bytes were kept.

EXPLAIN
SELECT avg(delay) FROM flights
WHERE date >= TIMESTAMP '2001-01-15' AND date < TIMESTAMP '2001-01-16';

-- Joins: the airports with most departures, and how late those flights came in.

SELECT a.iata, a.city, a.state, count(*) AS departures, round(avg(f.delay), 1) AS minutes_late
FROM flights f JOIN airports a ON a.iata = f.origin
GROUP BY ALL
ORDER BY departures DESC
LIMIT 8;

-- Windows: each state's busiest route to another state.

SELECT o.state AS from_state, f.origin, f.destination, d.state AS to_state, count(*) AS flights
FROM flights f
JOIN airports o ON o.iata = f.origin
JOIN airports d ON d.iata = f.destination
WHERE o.state <> d.state
GROUP BY o.state, f.origin, f.destination, d.state
QUALIFY row_number() OVER (PARTITION BY o.state ORDER BY count(*) DESC, f.origin, f.destination) = 1
ORDER BY flights DESC
LIMIT 8;

-- A branch holds changes to any tables, apart from main, and copies no data. A tag keeps this moment.

CREATE TAG as_loaded;

CREATE BRANCH review FROM main;

-- More than an hour early is a mistake; later than ten hours counts as ten; and one flight was missing.

DELETE FROM flights AT BRANCH review WHERE delay < -60;

UPDATE flights AT BRANCH review SET delay = 600 WHERE delay > 600;

INSERT INTO flights AT BRANCH review VALUES (TIMESTAMP '2001-01-31 23:58:00', 12, 337, 'SFO', 'LAX');

-- Both at once: a query may read each table from where it likes.

SELECT 'main' AS branch, count(*) AS flights, min(delay) AS earliest, max(delay) AS latest FROM flights
UNION ALL
SELECT 'review', count(*), min(delay), max(delay) FROM flights AT BRANCH review
ORDER BY branch;

-- It is ${before=now} UTC. The review is done: all its changes go to main in one step.

MERGE BRANCH review INTO main;

DROP BRANCH review;

-- Time travel: what main is, what it was at that time, and what it was at the tag.

SELECT 'now' AS moment, count(*) AS flights, min(delay) AS earliest, max(delay) AS latest FROM flights
UNION ALL
SELECT 'before the merge', count(*), min(delay), max(delay)
FROM flights FOR SYSTEM_TIME AS OF TIMESTAMP '${before}'
UNION ALL
SELECT 'as loaded', count(*), min(delay), max(delay) FROM flights AT TAG as_loaded;

-- A function in Java. It is compiled here and now, and lives in the catalog: on a branch, it would be on that branch.

CREATE FUNCTION great_circle_miles(lat1 DOUBLE, lon1 DOUBLE, lat2 DOUBLE, lon2 DOUBLE)
RETURNS DOUBLE
LANGUAGE JAVA
DETERMINISTIC
AS $$
public final class GreatCircle {
    private static final double EARTH_RADIUS_MILES = 3958.7613;

    public static double miles(double lat1, double lon1, double lat2, double lon2) {
        double north = Math.sin(Math.toRadians(lat2 - lat1) / 2);
        double east = Math.sin(Math.toRadians(lon2 - lon1) / 2);
        double chord = north * north
                + Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * east * east;
        return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(chord));
    }
}
$$;

-- The routes on which the recorded distance and the function differ most.

WITH routes AS (
  SELECT f.origin, f.destination, f.distance AS recorded, count(*) AS flights,
         any_value(great_circle_miles(o.latitude, o.longitude, d.latitude, d.longitude)) AS miles
  FROM flights f
  JOIN airports o ON o.iata = f.origin
  JOIN airports d ON d.iata = f.destination
  GROUP BY f.origin, f.destination, f.distance
)
SELECT origin, destination, flights, recorded, round(miles, 1) AS great_circle,
       round(100 * abs(miles - recorded) / recorded, 2) AS percent_apart
FROM routes
ORDER BY percent_apart DESC, origin, destination
LIMIT 5;

-- The function against every flight's recorded distance.

SELECT count(*) AS flights,
       round(100.0 * count(*) FILTER (WHERE abs(miles - distance) <= 0.05 * distance) / count(*), 3)
         AS percent_within_5_percent,
       round(max(abs(miles - distance)), 1) AS greatest_difference_in_miles
FROM (
  SELECT f.distance,
         great_circle_miles(o.latitude, o.longitude, d.latitude, d.longitude) AS miles
  FROM flights f
  JOIN airports o ON o.iata = f.origin
  JOIN airports d ON d.iata = f.destination
);
