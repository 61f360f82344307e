import type { Words } from '../../machine/index.ts';

export const words = {
  summary: {
    es: 'repite un día de producción con tus reglas de capacidad y de alertas',
    en: 'replays a day of production with your rules of capacity and alerts',
  },
  usage: (days: string): Words => ({
    es: `prodsim: repite un día de producción, con todos sus compradores

  prodsim days                             los días que se pueden repetir
  prodsim run DÍA                          repite el día con las reglas de capacity.yaml, si está en esta carpeta
  prodsim run DÍA --capacity ARCHIVO       con las reglas de otro archivo
  prodsim run DÍA --rules ARCHIVO          con estas reglas de alerta (monitoring/alerts.yaml, si está)
  prodsim run DÍA --alertmanager ARCHIVO   a quién se avisa de ellas (monitoring/alertmanager.yml)
  prodsim run DÍA --notify ARCHIVO         a quién se cuentan los despliegues (monitoring/notify.yaml)
  prodsim run DÍA --oncall ARCHIVO         quién está de guardia (monitoring/oncall.yaml)
  prodsim run DÍA --artifact ARCHIVO.tgz   con tu programa: su app.mjs contesta lo que los compradores buscan (GET /trips)
  prodsim run DÍA --seed N                 los mismos clientes de media, pero otros (1)
  prodsim run DÍA --out CARPETA            dónde dejar lo que pasó (production/DÍA)
  prodsim run DÍA --json                   solo el resumen, como JSON

En la carpeta quedan minutes.csv (una línea por minuto), calls.jsonl (las llamadas a Soporte), events.jsonl (instancias y
capacidad), logs.jsonl (las respuestas 5xx), alerts.jsonl y messages.jsonl. Después, también contestan
  promtool query range --start=… --end=… http://DÍA.ventarela.test:9090 'EXPRESIÓN'
  logcli query --from=… --to=… '{day="DÍA"}'

capacity.yaml, con un servicio llamado seats; una tabla de horas, o la carga:
  seats: { min: 1, max: 3, hours: [{ from: "09:00", to: "12:00", instances: 2 }] }
  seats: { min: 1, max: 3, load: { target: 80%, cooldownUp: 1m, cooldownDown: 10m } }
Con hours y load a la vez vale la que pida más. Entre dos cambios pasa cooldownUp para subir (1m si no se dice) y cooldownDown
para bajar (5m).
Los días: ${days}.`,
    en: `prodsim: replays a day of production, with all its buyers

  prodsim days                             the days that can be replayed
  prodsim run DAY                          replays the day with the rules of capacity.yaml, if it is in this folder
  prodsim run DAY --capacity FILE          with the rules of another file
  prodsim run DAY --rules FILE             with these alerting rules (monitoring/alerts.yaml, if it is there)
  prodsim run DAY --alertmanager FILE      whom to tell of them (monitoring/alertmanager.yml)
  prodsim run DAY --notify FILE            whom to tell of deploys (monitoring/notify.yaml)
  prodsim run DAY --oncall FILE            who is on call (monitoring/oncall.yaml)
  prodsim run DAY --artifact FILE.tgz      with your program: its app.mjs answers what buyers search for (GET /trips)
  prodsim run DAY --seed N                 as many customers on average, but others (1)
  prodsim run DAY --out FOLDER             where to leave what happened (production/DAY)
  prodsim run DAY --json                   only the summary, as JSON

The folder gets minutes.csv (a line a minute), calls.jsonl (the calls to Support), events.jsonl (instances and
capacity), logs.jsonl (answers with 5xx), alerts.jsonl and messages.jsonl. Afterwards these answer too:
  promtool query range --start=… --end=… http://DAY.ventarela.test:9090 'EXPRESSION'
  logcli query --from=… --to=… '{day="DAY"}'

capacity.yaml, for a service called seats; a timetable, or the load:
  seats: { min: 1, max: 3, hours: [{ from: "09:00", to: "12:00", instances: 2 }] }
  seats: { min: 1, max: 3, load: { target: 80%, cooldownUp: 1m, cooldownDown: 10m } }
With both hours and load, whichever asks for more holds. Between two changes cooldownUp passes to go up (1m unless it is given)
and cooldownDown to go down (5m).
The days: ${days}.`,
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
  rules: (path: string | undefined, instances: number): Words => ({
    es:
      path === undefined
        ? `sin capacity.yaml: ${instances === 1 ? 'una instancia' : `${instances} instancias`}, todo el día`
        : `con las reglas de ${path}`,
    en:
      path === undefined
        ? `without capacity.yaml: ${instances === 1 ? 'one instance' : `${instances} instances`}, all day`
        : `with the rules of ${path}`,
  }),
  tooLarge: (path: string, kilobytes: number): Words => ({
    es: `prodsim: ${path} pesa demasiado: un artefacto puede tener hasta ${kilobytes} kB`,
    en: `prodsim: ${path} is too large: an artifact may have up to ${kilobytes} kB`,
  }),
  searches: (path: string, { ran, of }: { readonly ran: number; readonly of: number }): Words => ({
    es: `  ${path} contestó ${of} búsquedas: ${ran} pasaron por el programa, y las demás recibieron lo que él contestó a otras iguales`,
    en: `  ${path} answered ${of} searches: ${ran} ran the program, and the others got what it answered to the same ones`,
  }),
  asked: { es: 'peticiones de compradores', en: 'requests of buyers' },
  failed: { es: 'sin respuesta o con error', en: 'failed or unanswered' },
  minutesInTime: { es: 'minutos con p95 < 800 ms', en: 'minutes with p95 < 800 ms' },
  supportCalls: { es: 'llamadas a Soporte', en: 'calls to Support' },
  cost: { es: 'costo (unidades)', en: 'cost (units)' },
  seatsSold: { es: 'asientos vendidos', en: 'seats sold' },
  alerts: (path: string, count: number): Words => ({
    es: `  ${count === 1 ? 'una alerta saltó' : count === 0 ? 'ninguna alerta saltó' : `${count} alertas saltaron`} con las reglas de ${path}${count === 0 ? '' : ':'}`,
    en: `  ${count === 1 ? 'one alert fired' : count === 0 ? 'no alert fired' : `${count} alerts fired`} with the rules of ${path}${count === 0 ? '' : ':'}`,
  }),
  noRules: (path: string, elsewhere: string): Words => ({
    es: `  sin reglas de alerta: en esta carpeta no hay ${path}; sí hay ${elsewhere}`,
    en: `  without alerting rules: there is no ${path} in this folder; there is ${elsewhere}`,
  }),
  alertColumns: { es: ['alerta', 'saltó', 'terminó'], en: ['alert', 'fired', 'resolved'] },
  stillFiring: { es: 'sigue activa al final', en: 'still fires at the end' },
  messages: { es: 'mensajes enviados', en: 'messages sent' },
  left: (folder: string): Words => ({
    es: `en ${folder}: minutes.csv, calls.jsonl, events.jsonl, logs.jsonl, alerts.jsonl, messages.jsonl`,
    en: `in ${folder}: minutes.csv, calls.jsonl, events.jsonl, logs.jsonl, alerts.jsonl, messages.jsonl`,
  }),
};
