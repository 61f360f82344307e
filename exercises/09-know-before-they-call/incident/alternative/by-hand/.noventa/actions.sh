cat > monitoring/alerts.yaml <<'END'
groups:
  - name: buyers
    rules:
      - alert: PassengersWait
        expr: |
          histogram_quantile(0.95, sum by (le) (rate(lb_request_duration_seconds_bucket{service="seats"}[5m]))) > 1.8
        for: 1m
        labels: { severity: page }
        annotations:
          summary: '5% of the buyers wait longer than {{ $value | humanizeDuration }}'
      - alert: BuyersGetErrors
        expr: |
          sum(rate(lb_requests_total{service="seats",code=~"5.."}[5m])) / sum(rate(lb_requests_total{service="seats"}[5m])) > 0.05
        for: 1m
        labels: { severity: page }
        annotations:
          summary: '{{ $value | humanizePercentage }} of what buyers ask fails'
END
