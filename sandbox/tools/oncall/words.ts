import type { Words } from '../../machine/index.ts';

export const words = {
  summary: { es: 'quién está de guardia y qué suena', en: 'who is on call and what rings' },
  usage: {
    es: `oncall: quién está de guardia y qué suena

  oncall now [HORA]     quién responde ahora, o a una hora como 2026-03-06T18:00:00Z
  oncall incidents      los avisos de la guardia
  oncall ack NÚMERO     responde a un aviso: deja de sonar y no sube al paso siguiente
  oncall load [DÍAS]    horas y avisos de cada rol en los últimos días (7)`,
    en: `oncall: who is on call and what rings

  oncall now [TIME]     who answers now, or at a time like 2026-03-06T18:00:00Z
  oncall incidents      what the pager rang for
  oncall ack NUMBER     answers an incident: it stops ringing and does not go up a step
  oncall load [DAYS]    hours and pages of each role in the last days (7)`,
  },
  unknown: (name: string): Words => ({
    es: `oncall: no conozco «${name}»; prueba oncall --help`,
    en: `oncall: I do not know "${name}"; try oncall --help`,
  }),
  noRota: {
    es: 'oncall: todavía no hay turnos de guardia (oncall.yaml)',
    en: 'oncall: there is no rota yet (oncall.yaml)',
  },
  noAlerting: {
    es: 'oncall: aquí todavía no hay ningún Alertmanager en marcha',
    en: 'oncall: no Alertmanager runs here yet',
  },
  noTime: (text: string): Words => ({
    es: `oncall: «${text}» no es una hora; escribe una como 2026-03-06T18:00:00Z`,
    en: `oncall: "${text}" is no time; write one like 2026-03-06T18:00:00Z`,
  }),
  noDays: (text: string): Words => ({
    es: `oncall: «${text}» no es un número de días entre 1 y 999`,
    en: `oncall: "${text}" is no number of days from 1 to 999`,
  }),
  noIncident: (id: string): Words => ({
    es: `oncall: no hay ningún aviso «${id}»; mira oncall incidents`,
    en: `oncall: there is no incident "${id}"; look at oncall incidents`,
  }),
  nothingRings: (id: string): Words => ({
    es: `el aviso ${id} ya no sonaba`,
    en: `incident ${id} was not ringing any more`,
  }),
  acknowledged: (id: string): Words => ({ es: `respondido: aviso ${id}`, en: `acknowledged: incident ${id}` }),
  nobody: { es: '(nadie)', en: '(nobody)' },
  over: { es: 'terminado', en: 'over' },
  taken: (role: string): Words => ({ es: `lo atiende ${role}`, en: `taken by ${role}` }),
  rings: { es: 'suena', en: 'rings' },
  quiet: { es: 'no ha sonado nada', en: 'nothing has rung' },
  loadHeader: {
    es: 'rol                horas  avisos  de noche',
    en: 'role               hours   pages  at night',
  },
};
