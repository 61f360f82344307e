printf 'seats:\n  min: 1\n  max: 6\n  load:\n    target: 70%%\n' > capacity.yaml
