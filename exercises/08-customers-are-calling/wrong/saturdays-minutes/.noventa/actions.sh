prodsim run unseen-saturday --out production/friday-1700
