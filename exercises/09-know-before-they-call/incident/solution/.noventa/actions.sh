sed -i 's/)) > 20$/)) > 2/; s/for: 45m/for: 1m/; s/code=~"4\.\."/code=~"5.."/; s/histogram_quantile(0.05/histogram_quantile(0.95/' monitoring/alerts.yaml
