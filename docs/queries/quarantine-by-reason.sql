-- Quarantine by reason
-- The records that were rejected in a week, with one example of each reason.
SELECT
    kafka_cluster,
    reason,
    count(*) AS records,
    min(detail) AS for_example,
    max(arrived_at) AS last_arrival
FROM events_quarantine
WHERE arrival_date >= current_date - INTERVAL '7' DAY
GROUP BY kafka_cluster, reason
ORDER BY records DESC, kafka_cluster, reason
