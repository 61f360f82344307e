// `.mailmap`: the one name under which somebody's commits are shown (Documentation/gitmailmap.txt).
import { configText } from './settings.ts';
import type { Work } from './work.ts';

interface Named {
  readonly name: string;
  readonly email: string;
}

/** @returns the person as the map at the top of the working tree names them. */
export function mailmapOf({ io, dir }: Work): <P extends Named>(person: P) => P {
  const rules = configText(io.machine.files, `${dir}/.mailmap`)
    .split('\n')
    .flatMap((line) => {
      const [, name = '', email = '', oldName, oldEmail] =
        /^([^<#]*)<([^>]*)>\s*(?:([^<]*)<([^>]*)>)?/.exec(line.trim()) ?? [];
      if (email === '') return [];
      const proper = { ...(name.trim() !== '' && { name: name.trim() }), ...(oldEmail !== undefined && { email }) };
      const commitName = oldName?.trim().toLowerCase() ?? '';
      return [{ proper, commitName, commitEmail: (oldEmail ?? email).toLowerCase() }];
    });
  return (person) => {
    const fitting = rules.filter(
      ({ commitName, commitEmail }) =>
        commitEmail === person.email.toLowerCase() && (commitName === '' || commitName === person.name.toLowerCase()),
    );
    // A rule with the name that was committed comes before one without.
    const rule = fitting.findLast(({ commitName }) => commitName !== '') ?? fitting.at(-1);
    return rule === undefined ? person : { ...person, ...rule.proper };
  };
}
