-- How far the merge has come
-- Everything that arrived up to this time is merged; late events that arrived after it are not visible in `events` yet.
SELECT max(arrived_at) AS merged_up_to
FROM events_merged
WHERE event_date IS NULL
