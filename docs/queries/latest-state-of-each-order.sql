-- Latest state of each order
-- In this example an event has an `order_id` and a `status`. Replace them with your own fields, or with typed columns.
SELECT
    json_extract_scalar(payload, '$.order_id') AS order_id,
    max_by(json_extract_scalar(payload, '$.status'), ROW(event_time, event_id)) AS status,
    max(event_time) AS since
FROM events
WHERE event_date >= current_date - INTERVAL '7' DAY
    AND json_extract_scalar(payload, '$.order_id') IS NOT NULL
GROUP BY json_extract_scalar(payload, '$.order_id')
ORDER BY order_id
