// Whether inputs are ones with which a workflow may be started by hand.
import type { Input } from './workflow.ts';

/**
 * What the product answers with 422 ("Create a workflow dispatch event") when inputs do not fit those that the file declares;
 * undefined when they do. Its words for a boolean are those of a choice (cli/cli, issue 5246); those for a number are ours.
 */
export function unfitInput(
  declared: Readonly<Record<string, Input>>,
  given: Readonly<Record<string, string>>,
): string | undefined {
  const strangers = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (strangers.length > 0) return `Unexpected inputs provided: ${JSON.stringify(strangers)}`;
  for (const [name, { required, default: usual, type, options = [] }] of Object.entries(declared)) {
    const value = given[name];
    if (value === undefined) {
      if (required && usual === undefined) return `Required input '${name}' not provided`;
      continue;
    }
    const allowed = type === 'boolean' ? ['true', 'false'] : type === 'choice' ? options : undefined;
    if (allowed !== undefined && !allowed.includes(value))
      return `Provided value '${value}' for input '${name}' not in the list of allowed values`;
    if (type === 'number' && (value.trim() === '' || !Number.isFinite(Number(value))))
      return `Provided value '${value}' for input '${name}' is not a number`;
  }
  return undefined;
}
