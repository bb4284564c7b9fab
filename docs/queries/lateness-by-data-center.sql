-- Lateness by data center
-- The time from when events happened to when they arrived, over everything that arrived in a week.
SELECT
    data_center,
    count(*) AS arrived,
    count_if(NOT on_time) AS late,
    approx_percentile(date_diff('second', event_time, arrived_at), 0.5) AS median_seconds,
    max(date_diff('second', event_time, arrived_at)) AS longest_seconds
FROM events_raw
WHERE arrival_date >= current_date - INTERVAL '7' DAY
GROUP BY data_center
ORDER BY data_center
