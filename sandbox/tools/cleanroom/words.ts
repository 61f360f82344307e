import type { Words } from '../../machine/index.ts';

export const words = {
  summary: {
    es: 'prueba un artefacto o un script en una máquina vacía',
    en: 'tries an artifact or a script on an empty machine',
  },
  usage: {
    es: `cleanroom: una máquina vacía de la empresa, que se tira al terminar

  cleanroom run ARTEFACTO.tgz       lo desempaqueta, lo arranca y pide /healthz
  cleanroom run SCRIPT [PALABRA...] lleva allí tu último commit y ejecuta el script

Tiene el sistema, node y npm. No tiene tus archivos, tus variables ni los módulos de tu máquina.
Un script alcanza el registro de npm. Un artefacto no tiene red: arranca con lo que lleva.
Un artefacto se arranca con «npm start» si su package.json lo dice; si no, con «node app.mjs».`,
    en: `cleanroom: an empty machine of the company, thrown away at the end

  cleanroom run ARTIFACT.tgz        unpacks it, starts it and asks for /healthz
  cleanroom run SCRIPT [WORD...]    takes your last commit there and runs the script

It has the system, node and npm. It has none of your files, your variables or the modules of your machine.
A script reaches the registry of npm. An artifact has no network: it starts with what it carries.
An artifact is started with "npm start" if its package.json has it; if not, with "node app.mjs".`,
  },
  refused: {
    verb: (word: string): Words => ({
      es: `no hay «${word}»; prueba cleanroom --help`,
      en: `there is no "${word}"; try cleanroom --help`,
    }),
    nothing: (): Words => ({
      es: 'falta qué probar: cleanroom run ARTEFACTO.tgz o cleanroom run SCRIPT',
      en: 'what shall be tried? cleanroom run ARTIFACT.tgz or cleanroom run SCRIPT',
    }),
    flag: (word: string): Words => ({
      es: `no tiene la opción ${word}; prueba cleanroom --help`,
      en: `it has no option ${word}; try cleanroom --help`,
    }),
    missing: (word: string): Words => ({
      es: `no se puede leer el archivo ${word}`,
      en: `cannot read the file ${word}`,
    }),
    more: (word: string): Words => ({
      es: `un artefacto se prueba solo: sobra «${word}»`,
      en: `an artifact is tried alone: "${word}" is one word too many`,
    }),
    several: (names: string): Words => ({
      es: `son varios artefactos (${names}): nombra uno`,
      en: `those are several artifacts (${names}): name one`,
    }),
  },
  commit: (script: string): Words => ({
    es: `máquina vacía con tu último commit; ${script}`,
    en: `empty machine with your last commit; ${script}`,
  }),
  starts: (line: string): Words => ({ es: `máquina vacía; ${line}`, en: `empty machine; ${line}` }),
  noRepository: (file: string): Words => ({
    es: `${file} no está en un repositorio de git: no hay commit que llevar`,
    en: `${file} is in no git repository: there is no commit to take along`,
  }),
  noCommit: {
    es: 'el repositorio no tiene todavía ningún commit que llevar',
    en: 'the repository has no commit yet to take along',
  },
  notCommitted: (path: string): Words => ({
    es: `${path} no está en tu último commit`,
    en: `${path} is not in your last commit`,
  }),
  notUnpacked: (file: string): Words => ({ es: `${file} no se puede desempaquetar`, en: `${file} cannot be unpacked` }),
  noStart: (found: string): Words => ({
    es: `no sé cómo arrancarlo: ni package.json con «start» ni app.mjs (hay: ${found || 'nada'})`,
    en: `I do not know how to start it: no package.json with "start", no app.mjs (found: ${found || 'nothing'})`,
  }),
  ended: (code: number): Words => ({
    es: `el script terminó con ${code}; la máquina ya no existe`,
    en: `the script ended with ${code}; the machine is gone`,
  }),
  answered: (status: string, body: string): Words => ({
    es: `GET /healthz contestó ${status} ${body.slice(0, 120)}`,
    en: `GET /healthz answered ${status} ${body.slice(0, 120)}`,
  }),
  endedEarly: (code: string): Words => ({
    es: `el programa terminó con ${code} antes de contestar`,
    en: `the program ended with ${code} before it answered`,
  }),
  silent: (seconds: number): Words => ({
    es: `el programa no contestó en ${seconds} s: escucha en el puerto que dice PORT`,
    en: `the program did not answer within ${seconds} s: listen on the port that PORT says`,
  }),
  interrupted: { es: 'interrumpido', en: 'interrupted' },
};
