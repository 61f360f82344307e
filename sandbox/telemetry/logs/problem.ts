/** What is wrong with a query, in Loki's words or, for what is not here, by name. Doors return it as a value. */
export class QueryProblem extends Error {}

/** @throws QueryProblem always: a part of LogQL that this sandbox does not have. */
export function absent(what: string): never {
  throw new QueryProblem(`'${what}' is not part of this sandbox`);
}
