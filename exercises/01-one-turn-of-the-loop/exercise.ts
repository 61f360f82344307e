import type { Exercise } from '../../sandbox/checks/index.ts';
import {
  boardTells,
  emailArrives,
  groupArrives,
  planKnowsWho,
  predictedFirst,
  refundArrives,
  wholeTurn,
} from './checks.ts';

export const exercise: Exercise = {
  id: 'd01',
  seed: 'ventarela-day-1',
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
          es: 'Todo ocurre en la terminal. Copia los comandos uno a uno; Tab completa los nombres de las tarjetas.',
          en: 'Everything happens in the terminal. Type the commands one by one; Tab completes the names of cards.',
        },
        {
          es: '`loop run --card …`: el nombre es el primero que sale en `board list`, bajo Ready.',
          en: '`loop run --card …`: the name is the first one under Ready in `board list`.',
        },
      ],
    },
    {
      id: 'd01-s2',
      kind: 'change',
      title: { es: 'Predice, comprueba y cambia una cosa', en: 'Predict, find out and change one thing' },
      task: {
        es: 'Lee las notas de `refund-button` en `planning/notas.md` y su entrada en `plan.yaml`. ¿Dónde se detendrá? Guarda tu predicción con `loop predict --card refund-button --stops-at ETAPA` (o `none`) y da la vuelta. Si se detiene, añade lo que falta a sus `services` y repite la vuelta.',
        en: 'Read the notes on `refund-button` in `planning/notes.md` and its entry in `plan.yaml`. Where will it stop? Save your prediction with `loop predict --card refund-button --stops-at STAGE` (or `none`) and run it. If it stops, add what is missing to its `services` and run it again.',
      },
      checks: [predictedFirst, refundArrives],
      hints: [
        {
          es: 'El tercer concepto de la lección: un plan nombra los servicios que necesita.',
          en: 'The third concept of the lesson: a plan names the services it needs.',
        },
        {
          es: 'Compara lo que hace el botón según las notas con los servicios de `loop.config`. Devolver dinero es trabajo de uno de ellos.',
          en: 'Compare what the button does, says the notes, with the services in `loop.config`. Giving money back is the work of one of them.',
        },
        { es: '`services: [seats, …]`', en: '`services: [seats, …]`' },
      ],
    },
    {
      id: 'd01-s3',
      kind: 'fill',
      title: { es: 'Completa el plan del correo', en: 'Fill in the plan for e-mail' },
      task: {
        es: 'En `plan.yaml`, completa `ticket-by-email`: quién lo pidió (`asked_by`) y qué servicios necesita su código (`services`). Pon la tarjeta en `order`, donde le toque. Lo que hace falta está en `planning/notas.md`.',
        en: 'In `plan.yaml`, fill in `ticket-by-email`: who asked for it (`asked_by`) and which services its code needs (`services`). Put the card into `order` where it belongs. What you need is in `planning/notes.md`.',
      },
      checks: [planKnowsWho],
      hints: [
        {
          es: 'El segundo concepto de la lección: quién pide y quién es tu cliente.',
          en: 'The second concept of the lesson: who asks, and who your customer is.',
        },
        {
          es: 'Querer algo pronto no es lo mismo que pedirlo. Los nombres posibles están en el comentario de `plan.yaml`.',
          en: 'To want something soon is not the same as to ask for it. The possible names are in the comment of `plan.yaml`.',
        },
        {
          es: '`order: [refund-button, …]` y `asked_by: su…`: contesta el teléfono.',
          en: '`order: [refund-button, …]` and `asked_by: su…`: they answer the telephone.',
        },
      ],
    },
    {
      id: 'd01-s4',
      kind: 'write',
      title: { es: 'Lleva el correo hasta monitor', en: 'Take e-mail as far as monitor' },
      task: {
        es: 'Ahora sin comandos dictados: predice y da la vuelta con `ticket-by-email`. Debe llegar a monitor sin paradas y en dos días simulados como mucho. Mira después el tablero con `board list`: qué tarjeta hay en Done y cuál es nueva.',
        en: 'No commands given now: predict and run `ticket-by-email`. It should reach monitor without a stop, within two simulated days. Then look at the board with `board list`: which card is in Done, and which one is new.',
      },
      checks: [emailArrives, boardTells],
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
          es: '`services: [seats, …]`: ¿desde dónde sale un correo? Después, `loop run --card …`.',
          en: '`services: [seats, …]`: what does an e-mail leave from? Then `loop run --card …`.',
        },
      ],
    },
    {
      id: 'd01-s5',
      kind: 'challenge',
      title: { es: 'La reserva de grupo', en: 'The group booking' },
      task: {
        es: '`group-booking` no tiene ninguna entrada en el plan y sus notas no nombran los servicios. Llévala a monitor sin paradas y en dos días como mucho. La estrella: a la primera.',
        en: '`group-booking` has no entry in the plan, and its notes do not name the services. Take it to monitor without a stop, within two days. The star: at the first attempt.',
      },
      checks: [groupArrives],
      hints: [
        { es: 'Sus notas, frase a frase.', en: 'Its notes, sentence by sentence.' },
        {
          es: 'Elegir, reservar, pagar y recibir: ¿quién hace cada cosa en `loop.config`?',
          en: 'To choose, to book, to pay and to receive: who does each of these in `loop.config`?',
        },
        {
          es: '`group-booking: { asked_by: …, services: [web, …, …, …] }`, y su nombre en `order`.',
          en: '`group-booking: { asked_by: …, services: [web, …, …, …] }`, and its name in `order`.',
        },
      ],
    },
  ],
  wrong: {
    'asked-by-product': 'd01-c5',
    'forgot-mail': 'd01-c3',
    'last-in-line': 'd01-c3',
    'no-prediction': 'd01-c2',
    'payments-forgotten': 'd01-c6',
  },
};
