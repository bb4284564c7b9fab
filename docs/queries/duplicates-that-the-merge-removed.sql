-- Duplicates that the merge removed
-- A merged event keeps the coordinates of the copy that was merged. So a staged record below the merge watermark whose
-- coordinates are not among the merged ones was a duplicate.
SELECT
    records.kafka_cluster,
    count(*) AS staged,
    count(kept.kafka_offset) AS merged,
    count(*) - count(kept.kafka_offset) AS duplicates
FROM events_raw AS records
LEFT JOIN events_merged AS kept
    ON kept.kafka_cluster = records.kafka_cluster
    AND kept.kafka_topic = records.kafka_topic
    AND kept.kafka_partition = records.kafka_partition
    AND kept.kafka_offset = records.kafka_offset
    AND kept.event_date = records.event_date
    AND kept.arrived_at >= date_trunc('day', current_timestamp) - INTERVAL '7' DAY
WHERE records.arrival_date >= current_date - INTERVAL '7' DAY
    AND records.arrived_at <= (SELECT max(arrived_at) FROM events_merged WHERE event_date IS NULL)
GROUP BY records.kafka_cluster
ORDER BY records.kafka_cluster
