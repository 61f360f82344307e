import type { Words } from '../words.ts';

/** A fault of ours does not take the terminal away. */
export function faultWords(message: string): Words {
  return {
    es: `[Ha fallado la máquina, no tú: ${message}. Tus archivos están a salvo.]`,
    en: `[The machine failed, not you: ${message}. Your files are safe.]`,
  };
}

/** Ctrl+D where nothing is typed. */
export const staysWords: Words = {
  es: '[Aquí Ctrl+D no cierra nada: la terminal se queda abierta.]',
  en: '[Ctrl+D closes nothing here: the terminal stays open.]',
};
