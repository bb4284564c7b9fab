-- Events of each hour
-- The events of the last 24 hours, by the hour in which they happened.
SELECT
    date_trunc('hour', event_time) AS hour,
    data_center,
    count(*) AS events
FROM events
WHERE event_date >= current_date - INTERVAL '1' DAY
    AND event_time >= date_trunc('hour', current_timestamp) - INTERVAL '24' HOUR
GROUP BY date_trunc('hour', event_time), data_center
ORDER BY hour, data_center
