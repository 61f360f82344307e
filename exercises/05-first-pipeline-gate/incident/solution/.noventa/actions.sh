cd ~/seats
gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input ~/gate.json
