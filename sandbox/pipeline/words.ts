// What the runner of this sandbox has no part for.
import type { Words } from '../machine/index.ts';

export const refusals = {
  image: (image: string, known: readonly string[]): Words => ({
    es: `La imagen ${image} no forma parte de este entorno. Para services están ${known.join(', ')} y lo publicado en registry.ventarela.test; lo demás, arráncalo tú en un paso (node servidor.mjs &).`,
    en: `The image ${image} is not part of this sandbox. For services there are ${known.join(', ')}, and what is published on registry.ventarela.test; start anything else yourself in a step (node server.mjs &).`,
  }),
  containerKey: (where: string, key: string): Words => ({
    es: `${where}.${key} no forma parte de este entorno: hay image, ports, env, credentials y options (y volumes en container).`,
    en: `${where}.${key} is not part of this sandbox: there are image, ports, env, credentials and options (and volumes for container).`,
  }),
  containerOption: (where: string, flag: string): Words => ({
    es: `La opción ${flag} de ${where} no forma parte de este entorno: hay --hostname, --env, --user y las de --health.`,
    en: `The option ${flag} of ${where} is not part of this sandbox: there are --hostname, --env, --user and those of --health.`,
  }),
  port: (service: string, port: string): Words => ({
    es: `services.${service}.ports: «${port}» no es un puerto de este entorno: se esperaba 80, 8080:80 o 8080:80/tcp.`,
    en: `services.${service}.ports: "${port}" is no port of this sandbox: expected 80, 8080:80 or 8080:80/tcp.`,
  }),
  container: (image: string, known: readonly string[]): Words => ({
    es: `La imagen ${image} no forma parte de este entorno. Para container están ${known.join(', ')}.`,
    en: `The image ${image} is not part of this sandbox. For container there are ${known.join(', ')}.`,
  }),
  runner: (label: string): Words => ({
    es: `${label} no forma parte de este entorno: usa ubuntu-latest.`,
    en: `${label} is not part of this sandbox: use ubuntu-latest.`,
  }),
  shell: (name: string): Words => ({
    es: `La shell «${name}» no forma parte de este entorno: usa bash o sh, o «node {0}» para JavaScript.`,
    en: `The shell '${name}' is not part of this sandbox: use bash or sh, or 'node {0}' for JavaScript.`,
  }),
  action: (uses: string, known: readonly string[]): Words => ({
    es: `La acción ${uses} no forma parte de este entorno. Están ${known.join(', ')} y las del propio repositorio (./carpeta).`,
    en: `The action ${uses} is not part of this sandbox. There are ${known.join(', ')}, and those of the repository itself (./folder).`,
  }),
  api: {
    es: '{0} no forma parte de este entorno: hay core, context y, en una ejecución de la forja, github.rest con issues, pulls, repos y actions; lo demás, con gh en un paso con run.',
    en: '{0} is not part of this sandbox: there are core, context and, in a run of the forge, github.rest with issues, pulls, repos and actions; do the rest with gh in a step with run.',
  },
  docker: (uses: string): Words => ({
    es: `Las acciones que corren en un contenedor (${uses}) no forman parte de este entorno.`,
    en: `Actions that run in a container (${uses}) are not part of this sandbox.`,
  }),
  workflow: (uses: string): Words => ({
    es: `El flujo de trabajo ${uses} no forma parte de este entorno: solo los del propio repositorio (./.github/workflows/…).`,
    en: `The workflow ${uses} is not part of this sandbox: only those of the repository itself (./.github/workflows/…).`,
  }),
};

export const notices = {
  onLinux: (label: string): Words => ({
    es: `En este entorno no hay ${label}: el trabajo corre en una máquina con Linux.`,
    en: `There is no ${label} in this sandbox: the job runs on a machine with Linux.`,
  }),
  permissions: (scopes: readonly string[]): Words => ({
    es: `permissions pide escribir (${scopes.join(', ')}), pero aquí no hay forja que el GITHUB_TOKEN abra: en los pasos no hay gh, y git push se rechaza. Haz push del archivo a un repositorio de la forja.`,
    en: `permissions asks to write (${scopes.join(', ')}), but here is no forge that the GITHUB_TOKEN opens: steps have no gh, and git push is refused. Push the file to a repository of the forge.`,
  }),
  cut: (lines: number): Words => ({
    es: `… aquí faltan ${lines} líneas: el registro es demasiado largo y solo se guardan su principio y su final …`,
    en: `… ${lines} lines are missing here: the log is too long, and only its beginning and its end are kept …`,
  }),
};
