import type { Exercise } from '../../sandbox/checks/index.ts';
import { planKnowsWho } from './plan-checks.ts';
import {
  boardTells,
  emailArrives,
  groupArrives,
  groupAtOnce,
  predictedFirst,
  refundArrives,
  wholeTurn,
} from './run-checks.ts';

export const exercise: Exercise = {
  id: 'd01',
  seed: 'ventarela-day-1',
  // How long stages take is chance: two days leave room on each of them.
  seeds: 20,
  title: { es: 'Una vuelta completa al ciclo', en: 'One turn of the loop' },
  opens: 'plan.yaml',
  steps: [
    {
      id: 'd01-s1',
      kind: 'run',
      title: { es: 'Da una vuelta con una tarjeta preparada', en: 'Go round with a card that is ready' },
      task: {
        es: 'Mira las etapas con `loop stages`. Después guarda una predicción, `loop predict --card bigger-letters --stops-at none`, y da la vuelta: `loop run --card bigger-letters`. Lee qué entrega cada etapa a la siguiente.',
        en: 'Look at the stages with `loop stages`. Then save a prediction, `loop predict --card bigger-letters --stops-at none`, and go round: `loop run --card bigger-letters`. Read what each stage hands to the next.',
      },
      checks: [wholeTurn],
      hints: [
        {
          es: 'El ejemplo resuelto de la lección hace lo mismo con otra tarjeta.',
          en: 'The worked example of the lesson does the same with another card.',
        },
        {
          es: 'Todo ocurre en la terminal. Escribe las órdenes una a una; Tab completa los nombres de las tarjetas.',
          en: 'Everything happens in the terminal. Type the commands one by one; Tab completes the names of cards.',
        },
        {
          es: '`loop run --card …`: el nombre es el primero que sale en `board list`, bajo Ready.',
          en: '`loop run --card …`: the name is the first one under Ready in `board list`.',
        },
      ],
      reason: {
        es: '`bigger-letters` ya tiene plan: quién la pidió y un servicio, `web`. No hay nada que cambiar; lo que se aprende está en la columna de lo que cada etapa entrega.',
        en: '`bigger-letters` has its plan already: who asked, and one service, `web`. There is nothing to change; what there is to learn is in the column of what each stage hands over.',
      },
    },
    {
      id: 'd01-s2',
      kind: 'change',
      title: { es: 'Predice, comprueba y cambia una cosa', en: 'Predict, find out and change one thing' },
      task: {
        es: 'Lee las notas de `refund-button` en `planning/notas.md` y su entrada en `plan.yaml`. ¿Dónde se detendrá? Guarda tu predicción con `loop predict --card refund-button --stops-at ETAPA` (o `none`) y da la vuelta. Si se detiene, añade a sus `services` lo que falta, nada más, y repite la vuelta.',
        en: 'Read the notes on `refund-button` in `planning/notes.md` and its entry in `plan.yaml`. Where will it stop? Save your prediction with `loop predict --card refund-button --stops-at STAGE` (or `none`) and run it. If it stops, add to its `services` what is missing, nothing else, and run it again.',
      },
      checks: [predictedFirst, refundArrives],
      files: ['plan.yaml', { es: 'planning/notas.md', en: 'planning/notes.md' }, 'loop.config'],
      hints: [
        {
          es: 'El tercer concepto de la lección: un plan nombra los servicios que necesita.',
          en: 'The third concept of the lesson: a plan names the services it needs.',
        },
        {
          es: 'Compara lo que hace el botón según las notas con los servicios de `loop.config`. Devolver dinero es trabajo de uno de ellos.',
          en: 'Compare what the button does, as the notes say, with the services in `loop.config`. Giving money back is the work of one of them.',
        },
        { es: '`services: [seats, …]`', en: '`services: [seats, …]`' },
      ],
      reason: {
        es: 'Devolver dinero es cobrar al revés, y eso lo hace `payments`. Las notas lo dicen y el plan lo olvidó. Por eso se corrige el plan y no *deploy*.',
        en: 'Giving money back is charging the other way round, and `payments` does that. The notes say so; the plan does not. So the plan is what gets fixed, not deploy.',
      },
    },
    {
      id: 'd01-s3',
      kind: 'fill',
      title: { es: 'Completa el plan del correo', en: 'Fill in the plan for e-mail' },
      task: {
        es: 'En `plan.yaml`, completa `ticket-by-email`: quién lo pidió (`asked_by`) y qué servicios necesita su código (`services`), y ninguno más. Pon la tarjeta en `order`: la posición la decides tú. Lo que hace falta está en `planning/notas.md`.',
        en: 'In `plan.yaml`, fill in `ticket-by-email`: who asked for it (`asked_by`) and which services its code needs (`services`), and no others. Put the card into `order`; where in the list is up to you. What you need is in `planning/notes.md`.',
      },
      checks: [planKnowsWho],
      files: ['plan.yaml', { es: 'planning/notas.md', en: 'planning/notes.md' }],
      hints: [
        {
          es: 'El segundo concepto de la lección: quién pide y quién es tu cliente.',
          en: 'The second concept of the lesson: who asks, and who your customer is.',
        },
        {
          es: 'Querer algo pronto no es lo mismo que pedirlo. Los nombres posibles están en el comentario de `plan.yaml`.',
          en: 'Wanting something soon is not the same as asking for it. The possible names are in the comment of `plan.yaml`.',
        },
        {
          es: '`order: [refund-button, …]`, `asked_by: su…` (el equipo que contesta el teléfono) y `services: [seats, …]` (¿desde dónde sale un correo?).',
          en: '`order: [refund-button, …]`, `asked_by: su…` (the team that answers the telephone) and `services: [seats, …]` (what sends an e-mail?).',
        },
      ],
      reason: {
        es: 'Soporte contesta las llamadas, así que solo Soporte sabrá si sirvió. En `order` va delante de lo que aún no está hecho, porque la espera cuenta.',
        en: 'Support answers the calls, so only Support will know whether it helped. In `order` it goes before what is not done yet, because waiting counts.',
      },
    },
    {
      id: 'd01-s4',
      kind: 'write',
      title: { es: 'Lleva el correo hasta monitor', en: 'Take e-mail as far as monitor' },
      task: {
        es: 'Ahora sin órdenes dictadas: da la vuelta con `ticket-by-email`; antes, si quieres, predice. Debe llegar a monitor sin paradas y en dos días simulados como mucho. Mira después el tablero con `board list`: qué tarjetas hay en Done y cuál es nueva.',
        en: 'No commands given this time: run `ticket-by-email`, with a prediction first if you like. It should reach monitor without a stop, within two simulated days. Then look at the board with `board list`: which cards are in Done, and which one is new.',
      },
      checks: [emailArrives, boardTells],
      files: ['plan.yaml', 'loop.config'],
      hints: [
        {
          es: 'El ejemplo resuelto: qué cambia entre la primera vuelta y la segunda.',
          en: 'The worked example: what changes between the first run and the second.',
        },
        {
          es: 'Si se detiene, la línea roja dice qué faltaba. Si tarda, mira cuántas tarjetas sin hacer van delante en `order`.',
          en: 'If it stops, the red line says what was missing. If it is slow, see how many unfinished cards are ahead of it in `order`.',
        },
        {
          es: '`order: […, ticket-by-email, …]`, con lo que falte por hacer detrás; `loop run --card …`, y después `board list`.',
          en: '`order: […, ticket-by-email, …]`, with what is still to be done behind it; `loop run --card …`, then `board list`.',
        },
      ],
      reason: {
        es: 'El código busca el asiento confirmado (`seats`) y envía un correo (`mail`). Con los dos en el plan, *deploy* los encuentra preparados.',
        en: 'The code looks up the confirmed seat (`seats`) and sends an e-mail (`mail`). With both in the plan, deploy finds them ready.',
      },
    },
    {
      id: 'd01-s5',
      kind: 'challenge',
      title: { es: 'La reserva de grupo', en: 'The group booking' },
      task: {
        es: '`group-booking` no tiene ninguna entrada en el plan. Sus notas cuentan lo que harán los viajeros; qué servicios hacen falta lo decides tú. Llévala a monitor sin paradas, sin servicios de más y en dos días como mucho. La estrella: a la primera.',
        en: '`group-booking` has no entry in the plan. Its notes tell what passengers will do; which services that takes is for you to work out. Take it to monitor without a stop, with no service too many, within two days. The star: at the first attempt.',
      },
      checks: [groupArrives],
      files: ['plan.yaml', { es: 'planning/notas.md', en: 'planning/notes.md' }, 'loop.config'],
      hints: [
        { es: 'Sus notas, frase a frase.', en: 'Its notes, sentence by sentence.' },
        {
          es: 'Elegir, reservar, pagar y recibir: ¿quién hace cada cosa en `loop.config`?',
          en: 'Choosing, booking, paying and receiving: which service in `loop.config` does each of these?',
        },
        {
          es: '`group-booking: { asked_by: …, services: [web, …, …, …] }`, y su nombre en `order`.',
          en: '`group-booking: { asked_by: …, services: [web, …, …, …] }`, and its name in `order`.',
        },
      ],
      reason: {
        es: 'Elegir es la página (`web`), reservar es `seats`, pagar es `payments` y recibir es `mail`. Cada verbo de las notas es trabajo de un servicio.',
        en: 'Choosing is the page (`web`), booking is `seats`, paying is `payments` and receiving is `mail`. Each verb in the notes is the work of one service.',
      },
      stars: [groupAtOnce],
    },
  ],
  wrong: {
    'a-service-too-many': 'd01-c5',
    'all-five-services': 'd01-c7',
    'all-five-for-the-refund': 'd01-c6',
    'mended-after-the-run': 'd01-c7',
    'all-five-at-first': 'd01-x1',
    'asked-by-product': 'd01-c5',
    'asker-mended-after-the-run': 'd01-c3',
    'forgot-mail': 'd01-c3',
    'group-asked-by-product': 'd01-c7',
    'last-in-line': 'd01-c3',
    'no-prediction': 'd01-c2',
    'payments-forgotten': 'd01-c6',
  },
};
