/** One exact change of just-bash's bundle: `find` must stand there once. */
export interface Replacement {
  readonly why: string;
  readonly find: string;
  readonly put: string;
}
