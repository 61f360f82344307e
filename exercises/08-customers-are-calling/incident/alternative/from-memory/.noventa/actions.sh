printf 'seats:\n  min: 1\n  max: 5\n  load:\n    target: 65%%\n' > capacity.yaml
