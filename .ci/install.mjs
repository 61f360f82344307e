// Installs what is missing before `npm start` and `npm test`: the packages, and with --browser a Chromium for the browser tests.
// Runs under whatever Node the machine has (20 or newer), so it may import nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  return error === undefined && status === 0;
}

function stop(message) {
  console.error(`noventa: ${message}`);
  process.exit(1);
}

/** True when node_modules was made from this lock file (npm keeps a copy of what it installed). */
function packagesAreCurrent() {
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
  const packages = (file) => {
    const { packages: all } = JSON.parse(readFileSync(file, 'utf8'));
    delete all[''];
    return all;
  };
  const have = packages(installed);
  const want = packages(lock);
  const same = Object.keys(want).every((path) => want[path].optional || have[path]?.version === want[path].version);
  if (same) utimesSync(installed, new Date(), new Date());
  return same;
}

const chromiumPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function installChromium() {
  if (process.env.NOVENTA_CHROMIUM || chromiumPlaces.some(existsSync)) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    console.log('noventa: installing Chromium for the browser tests…');
    if (run('apt-get', ['update'], quiet) && run('apt-get', ['install', '-y', 'chromium'], quiet)) return;
  }
  if (!run('npx', ['playwright', 'install', 'chromium'])) {
    stop('no Chromium for the browser tests. Install one and set NOVENTA_CHROMIUM to its path.');
  }
}

if (!packagesAreCurrent()) {
  console.log('noventa: installing the packages of package-lock.json…');
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) stop('npm ci failed; its message is above.');
}
if (process.argv.includes('--browser')) installChromium();
