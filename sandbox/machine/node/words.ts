import type { Words } from '../words.ts';
import type { Overrun } from './vm.ts';

/** What a learner reads when the sandbox ends a program. Each line names the sandbox: it is no message of Node's. */
export const overrunWords: Readonly<Record<Overrun | 'turns', Words>> = {
  time: {
    es: 'node: el sandbox detuvo el programa: calculó demasiado tiempo seguido sin esperar a nada. Busca un bucle que no termina (el reloj simulado no avanza mientras un programa calcula).',
    en: 'node: the sandbox stopped the program: it computed for too long without waiting for anything. Look for a loop that never ends (the simulated clock stands still while a program computes).',
  },
  memory: {
    es: 'node: el sandbox detuvo el programa: usó más de 64 MB de memoria. Busca una lista o un texto que crece sin fin.',
    en: 'node: the sandbox stopped the program: it used more than 64 MB of memory. Look for a list or a text that grows without end.',
  },
  stack: {
    es: 'node: el sandbox detuvo el programa: se llamó a sí mismo demasiadas veces (RangeError: Maximum call stack size exceeded).',
    en: 'node: the sandbox stopped the program: it called itself too many times (RangeError: Maximum call stack size exceeded).',
  },
  crash: {
    es: 'node: el sandbox tuvo que detener el programa: el motor de JavaScript falló. Es un fallo nuestro.',
    en: 'node: the sandbox had to stop the program: the JavaScript engine failed. That is our fault.',
  },
  turns: {
    es: 'node: el sandbox detuvo el programa: repitió sus temporizadores 10 000 veces. Un programa que no atiende peticiones tiene que terminar alguna vez.',
    en: 'node: the sandbox stopped the program: it repeated its timers 10,000 times. A program that serves no requests has to end some time.',
  },
};

/** As a shell reports `timeout` (124) and a process that was killed for its memory (137) or aborted (134). */
export const overrunCodes: Readonly<Record<Overrun | 'turns', number>> = {
  time: 124,
  memory: 137,
  stack: 134,
  crash: 134,
  turns: 124,
};
