-- When a day is complete
-- How many events of each day arrived more than an hour after they happened, and when the last one arrived.
SELECT
    event_date,
    count(*) AS events,
    count_if(arrived_at > event_time + INTERVAL '1' HOUR) AS an_hour_late,
    max(arrived_at) AS last_arrival
FROM events
WHERE event_date >= current_date - INTERVAL '30' DAY
GROUP BY event_date
ORDER BY event_date
