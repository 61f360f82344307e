ssh web-1 'bash -s' <<'END'
ln -sfn /opt/seats/releases/1.0.0 /opt/seats/8082
systemctl start seats@8082
sleep 3
curl -fsS 'localhost:8082/trips?to=Puerto' > /dev/null || exit 1
sed -i 's/127.0.0.1:[0-9]*/127.0.0.1:8082/' /etc/nginx/conf.d/seats.conf
systemctl reload nginx
END
