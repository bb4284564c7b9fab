-- Yesterday as it was known at midnight
-- Reconciles a report that was made at midnight with what is known now. The first number never changes once the merge
-- has passed midnight.
SELECT
    data_center,
    count_if(arrived_at <= date_trunc('day', current_timestamp)) AS known_at_midnight,
    count(*) AS known_now
FROM events
WHERE event_date = current_date - INTERVAL '1' DAY
GROUP BY data_center
ORDER BY data_center
