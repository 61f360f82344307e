// What the runner of this sandbox has no part for.
import type { Words } from '../machine/index.ts';

export const refusals = {
  container: {
    es: 'Los trabajos en un contenedor (`container`) no forman parte de este entorno.',
    en: 'Jobs in a container (`container`) are not part of this sandbox.',
  },
  runner: (label: string): Words => ({
    es: `${label} no forma parte de este entorno: usa ubuntu-latest.`,
    en: `${label} is not part of this sandbox: use ubuntu-latest.`,
  }),
  shell: (name: string): Words => ({
    es: `La shell «${name}» no forma parte de este entorno: hay bash, sh y node.`,
    en: `The shell '${name}' is not part of this sandbox: there are bash, sh and node.`,
  }),
  action: (uses: string): Words => ({
    es: `La acción ${uses} no forma parte de este entorno.`,
    en: `The action ${uses} is not part of this sandbox.`,
  }),
  workflow: (uses: string): Words => ({
    es: `El flujo de trabajo ${uses} no forma parte de este entorno: solo los del propio repositorio (./.github/workflows/…).`,
    en: `The workflow ${uses} is not part of this sandbox: only those of the repository itself (./.github/workflows/…).`,
  }),
};
