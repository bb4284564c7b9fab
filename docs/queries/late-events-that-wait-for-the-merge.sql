-- Late events that wait for the merge
-- Late events that the next merge adds to `events`, unless they are duplicates.
SELECT
    data_center,
    count(DISTINCT event_id) AS waiting,
    min(arrived_at) AS since
FROM events_raw
WHERE arrival_date >= current_date - INTERVAL '7' DAY
    AND NOT on_time
    AND arrived_at > (
        SELECT coalesce(max(arrived_at), TIMESTAMP '1970-01-01 00:00:00 UTC')
        FROM events_merged
        WHERE event_date IS NULL
    )
GROUP BY data_center
ORDER BY data_center
