import type { Words } from '../../machine/index.ts';

export const words = {
  summary: {
    es: 'los mensajes de los canales, buzones y guardias de la empresa',
    en: "the messages in the company's channels, mailboxes and pagers",
  },
  usage: {
    es: `inbox: lo que ha llegado a los canales, buzones y guardias de la empresa

  inbox                              cuántos mensajes tiene cada uno
  inbox operations                   los del canal #operations
  inbox operations --since 1h        solo los de la última hora
  inbox operations --json            una línea de JSON por mensaje, para jq; la hora está en
                                     .at, en milisegundos: .at / 1000 | todate`,
    en: `inbox: what has arrived in the company's channels, mailboxes and pagers

  inbox                              how many messages each of them has
  inbox operations                   those of the channel #operations
  inbox operations --since 1h        only those of the last hour
  inbox operations --json            a line of JSON a message, for jq; .at is its time in
                                     milliseconds: .at / 1000 | todate`,
  },
  unknown: (text: string): Words => ({
    es: `inbox: no entiendo «${text}»; prueba inbox --help`,
    en: `inbox: I do not understand "${text}"; try inbox --help`,
  }),
  noDuration: (text: string): Words => ({
    es: `inbox: «${text}» no es una duración; escribe una como 30m o 2h`,
    en: `inbox: "${text}" is no duration; write one like 30m or 2h`,
  }),
  empty: (to: string): Words => ({ es: `no hay mensajes para ${to}`, en: `there are no messages for ${to}` }),
  nothing: { es: 'todavía no ha llegado ningún mensaje', en: 'no message has arrived yet' },
  count: (count: number, last: string): Words => ({
    es: `${count} ${count === 1 ? 'mensaje' : 'mensajes'}, el último ${last}`,
    en: `${count} ${count === 1 ? 'message' : 'messages'}, the last at ${last}`,
  }),
};
