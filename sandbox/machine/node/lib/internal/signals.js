/** Numbers of Linux's signals by their names, in the order in which Node tells them. */
export const signals = Object.fromEntries(
  (
    'HUP:1 INT:2 QUIT:3 ILL:4 TRAP:5 ABRT:6 IOT:6 BUS:7 FPE:8 KILL:9 USR1:10 SEGV:11 USR2:12 PIPE:13 ALRM:14 TERM:15 CHLD:17 STKFLT:16 ' +
    'CONT:18 STOP:19 TSTP:20 TTIN:21 TTOU:22 URG:23 XCPU:24 XFSZ:25 VTALRM:26 PROF:27 WINCH:28 IO:29 POLL:29 PWR:30 SYS:31'
  )
    .split(' ')
    .map((entry) => entry.split(':'))
    .map(([name, number]) => [`SIG${name}`, Number(number)]),
);

/** `SIGTERM` for 15; undefined where there is no such signal. */
export const signalName = (number) => Object.keys(signals).find((name) => signals[name] === number);
