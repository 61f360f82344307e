line=$(grep '"level":"error"' seats.log | head -1)
path=$(echo "$line" | jq -r .path)
ask=$(echo "$line" | jq -r '.method | ascii_downcase')
cat > seats/test/incident.test.mjs <<TEST
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('what failed in 2.2.0 is answered', async (t) => {
  const seats = await openService(t);
  assert.ok((await seats.$ask('$path')).status < 300);
});
TEST
