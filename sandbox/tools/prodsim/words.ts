import type { Words } from '../../machine/index.ts';

export const words = {
  summary: {
    es: 'repite un día de producción con tus reglas de capacidad',
    en: 'replays a day of production with your capacity rules',
  },
  usage: (days: string): Words => ({
    es: `prodsim: repite un día de producción, con todos sus compradores

  prodsim days                             los días que se pueden repetir
  prodsim run DÍA                          repite el día con las reglas de capacity.yaml, si está en esta carpeta
  prodsim run DÍA --capacity ARCHIVO       con las reglas de otro archivo
  prodsim run DÍA --seed N                 los mismos clientes de media, pero otros (1)
  prodsim run DÍA --out CARPETA            dónde dejar lo que pasó (production/DÍA)
  prodsim run DÍA --json                   solo el resumen, como JSON

En la carpeta quedan minutes.csv (una línea por minuto), calls.jsonl (las llamadas a Soporte) y events.jsonl (instancias
y capacidad). Los días: ${days}.`,
    en: `prodsim: replays a day of production, with all its buyers

  prodsim days                             the days that can be replayed
  prodsim run DAY                          replays the day with the rules of capacity.yaml, if it is in this folder
  prodsim run DAY --capacity FILE          with the rules of another file
  prodsim run DAY --seed N                 as many customers on average, but others (1)
  prodsim run DAY --out FOLDER             where to leave what happened (production/DAY)
  prodsim run DAY --json                   only the summary, as JSON

The folder gets minutes.csv (a line a minute), calls.jsonl (the calls to Support) and events.jsonl (instances and
capacity). The days: ${days}.`,
  }),
  notUnderstood: (text: string): Words => ({
    es: `prodsim: no entiendo «${text}»; prueba prodsim --help`,
    en: `prodsim: I do not understand "${text}"; try prodsim --help`,
  }),
  noDay: (found: string, days: string): Words => ({
    es: `prodsim: se espera uno de estos días: ${days}${found === '' ? '' : ` (pone ${found})`}`,
    en: `prodsim: expected one of these days: ${days}${found === '' ? '' : ` (found ${found})`}`,
  }),
  noFile: (path: string): Words => ({
    es: `prodsim: no existe el archivo ${path}`,
    en: `prodsim: there is no file ${path}`,
  }),
  noFolder: (path: string, why: string): Words => ({
    es: `prodsim: no se puede escribir en ${path}: ${why}`,
    en: `prodsim: cannot write in ${path}: ${why}`,
  }),
  rules: (path: string | undefined): Words => ({
    es: path === undefined ? 'sin capacity.yaml: una instancia, todo el día' : `con las reglas de ${path}`,
    en: path === undefined ? 'without capacity.yaml: one instance, all day' : `with the rules of ${path}`,
  }),
  asked: { es: 'peticiones', en: 'requests' },
  failed: { es: 'sin respuesta o con error', en: 'failed or unanswered' },
  minutesInTime: { es: 'minutos con p95 < 800 ms', en: 'minutes with p95 < 800 ms' },
  supportCalls: { es: 'llamadas a Soporte', en: 'calls to Support' },
  cost: { es: 'costo (unidades)', en: 'cost (units)' },
  seatsSold: { es: 'asientos vendidos', en: 'seats sold' },
  left: (folder: string): Words => ({
    es: `en ${folder}: minutes.csv, calls.jsonl, events.jsonl`,
    en: `in ${folder}: minutes.csv, calls.jsonl, events.jsonl`,
  }),
};
