cd ~/seats
printf '{"required_status_checks":{"strict":false,"contexts":["test","build"]},"enforce_admins":true,"required_pull_request_reviews":null,"restrictions":null}' > ~/again.json
gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input ~/again.json
