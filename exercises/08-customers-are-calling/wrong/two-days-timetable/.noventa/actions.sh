prodsim run friday-1700
