import { elapsed } from 'node:internal/clock';
import { info } from 'node:internal/host';
import { signals } from 'node:internal/signals';

export const EOL = '\n';
export const platform = () => 'linux';
export const type = () => 'Linux';
export const arch = () => 'x64';
export const release = () => '6.1.0';
export const hostname = () => info.hostname;
export const homedir = () => info.home;
export const tmpdir = () => '/tmp';
/** The machine has been up for a while when a program starts. */
export const uptime = () => 86_400 + elapsed() / 1000;
export const totalmem = () => 2147483648;
export const freemem = () => 1610612736;
export const loadavg = () => [0, 0, 0];
export const availableParallelism = () => 1;
export const cpus = () => [{ model: 'sandbox', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }];
export const userInfo = () => ({ uid: 1000, gid: 1000, username: info.user, homedir: info.home, shell: '/bin/bash' });
export const endianness = () => 'LE';

export const version = () => '#1 SMP PREEMPT_DYNAMIC';
export const machine = () => 'x86_64';
export const networkInterfaces = () => ({
  lo: [
    {
      address: '127.0.0.1',
      netmask: '255.0.0.0',
      family: 'IPv4',
      mac: '00:00:00:00:00:00',
      internal: true,
      cidr: '127.0.0.1/8',
    },
  ],
});
export const getPriority = () => 0;
export const setPriority = () => undefined;
export const devNull = '/dev/null';
const numbers = (words) =>
  Object.fromEntries(
    words
      .split(' ')
      .map((word) => word.split(':'))
      .map(([name, number]) => [name, Number(number)]),
  );
export const constants = {
  UV_UDP_REUSEADDR: 4,
  dlopen: numbers('RTLD_LAZY:1 RTLD_NOW:2 RTLD_GLOBAL:256 RTLD_LOCAL:0 RTLD_DEEPBIND:8'),
  errno: numbers(
    'EACCES:13 EADDRINUSE:98 EADDRNOTAVAIL:99 EAGAIN:11 EBADF:9 EBUSY:16 ECONNABORTED:103 ECONNREFUSED:111 ECONNRESET:104 EEXIST:17 EHOSTUNREACH:113 EINTR:4 EINVAL:22 EIO:5 EISDIR:21 EMFILE:24 ENETUNREACH:101 ENOENT:2 ENOMEM:12 ENOSPC:28 ENOTDIR:20 ENOTEMPTY:39 EPERM:1 EPIPE:32 EROFS:30 ETIMEDOUT:110 EXDEV:18',
  ),
  signals,
  priority: {
    PRIORITY_LOW: 19,
    PRIORITY_BELOW_NORMAL: 10,
    PRIORITY_NORMAL: 0,
    PRIORITY_ABOVE_NORMAL: -7,
    PRIORITY_HIGH: -14,
    PRIORITY_HIGHEST: -20,
  },
};

export default {
  arch,
  availableParallelism,
  constants,
  cpus,
  devNull,
  endianness,
  getPriority,
  machine,
  networkInterfaces,
  setPriority,
  version,
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
