import fc from 'fast-check';

/** Properties are tried on the same values each time, so that a red run is about the change; `NOVENTA_SEED=7 npx vitest run` searches elsewhere. */
fc.configureGlobal({ seed: Number(process.env.NOVENTA_SEED ?? 90) });
