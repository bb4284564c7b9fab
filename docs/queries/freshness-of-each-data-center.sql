-- Freshness of each data center
-- When the Kafka of each data center last delivered a record, in UTC, and the time of its newest event.
SELECT
    kafka_cluster,
    max(arrived_at) AS last_arrival,
    max(event_time) AS newest_event,
    date_diff('second', max(arrived_at), current_timestamp) AS seconds_ago
FROM events_raw
WHERE arrival_date >= current_date - INTERVAL '7' DAY
GROUP BY kafka_cluster
ORDER BY kafka_cluster
