ssh web-1 'bash -s' <<'END'
ln -sfn /opt/seats/releases/1.0.0 /opt/seats/8081
systemctl restart seats@8081
sleep 3
sed -i 's/127.0.0.1:[0-9]*/127.0.0.1:8081/' /etc/nginx/conf.d/seats.conf
systemctl reload nginx
END
curl -sS 'http://web-1/trips?to=Puerto'
