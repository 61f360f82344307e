cat > monitoring/alerts.yaml <<'END'
groups:
  - name: seats
    rules:
      - alert: CpuHigh
        expr: rate(process_cpu_seconds_total{job="seats"}[5m]) > 0.5
        for: 1m
        labels: { severity: page }
END
