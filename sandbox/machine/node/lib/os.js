import { elapsed } from 'node:internal/clock';
import { info } from 'node:internal/host';

export const EOL = '\n';
export const platform = () => 'linux';
export const type = () => 'Linux';
export const arch = () => 'x64';
export const release = () => '6.1.0';
export const hostname = () => info.hostname;
export const homedir = () => info.home;
export const tmpdir = () => '/tmp';
export const uptime = () => elapsed() / 1000;
export const totalmem = () => 2147483648;
export const freemem = () => 1610612736;
export const loadavg = () => [0, 0, 0];
export const availableParallelism = () => 1;
export const cpus = () => [{ model: 'sandbox', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }];
export const userInfo = () => ({ uid: 1000, gid: 1000, username: info.user, homedir: info.home, shell: '/bin/bash' });
export const endianness = () => 'LE';

export default {
  arch,
  availableParallelism,
  cpus,
  endianness,
  EOL,
  freemem,
  homedir,
  hostname,
  loadavg,
  platform,
  release,
  tmpdir,
  totalmem,
  type,
  uptime,
  userInfo,
};
