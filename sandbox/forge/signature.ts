import type { PersonOnForge } from './people.ts';

/** The name under which the forge itself commits. */
export const FORGE: PersonOnForge = { name: 'Ventarela Forge', email: 'noreply@git.ventarela.test' };
