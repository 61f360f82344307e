ssh web-1 'systemctl restart seats@8081; sleep 3; systemctl reload nginx'
