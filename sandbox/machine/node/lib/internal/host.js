// The functions of the machine, taken away from where programs could see them.
export const host = globalThis.__host;
delete globalThis.__host;

/** What does not change while the program runs: arguments, environment, process number, names. */
export const info = JSON.parse(host.info());
