line=$(grep '"level":"error"' seats.log | head -1)
path=$(echo "$line" | jq -r .path)
body=$(echo "$line" | jq -r '.body // "null"')
cat > seats/test/incident.test.mjs <<TEST
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';
import { search } from '../search.mjs';

test('what failed in 1.3.0 is answered', () => {
  const body = $body;
  if (body !== null) assert.equal(hold(body)[0], 201);
  else assert.ok(search(new URL('$path', 'http://localhost').searchParams).length > 0);
});
TEST
