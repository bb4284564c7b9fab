-- Quarantined records as text
-- With the coordinates, with which the producer's team finds each record in its Kafka.
SELECT
    kafka_cluster,
    kafka_topic,
    kafka_partition,
    kafka_offset,
    detail,
    from_utf8(raw) AS record
FROM events_quarantine
WHERE arrival_date >= current_date - INTERVAL '7' DAY
ORDER BY arrived_at DESC, kafka_cluster, kafka_topic, kafka_partition, kafka_offset
LIMIT 100
