/** A person as isomorphic-git wants them: seconds, and minutes west of UTC. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly timestamp: number;
  readonly timezoneOffset: number;
}

/** `+0100` */
export function zone(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset > 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
}
