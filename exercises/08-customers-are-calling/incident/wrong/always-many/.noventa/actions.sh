printf 'seats:\n  min: 8\n  max: 8\n  load:\n    target: 70%%\n' > capacity.yaml
