// How much text an issue or a pull request takes.
const LONGEST_TITLE = 256;
const LONGEST_BODY = 65_536;

/** What is too long for a title or a body, as the product says it. */
export function textRefusal({ title, body }: { readonly title?: string; readonly body?: string }): string | undefined {
  if (title !== undefined && title.trim() === '') return "title can't be blank";
  if (title !== undefined && [...title].length > LONGEST_TITLE)
    return `Title is too long (maximum is ${LONGEST_TITLE} characters)`;
  if (body !== undefined && [...body].length > LONGEST_BODY)
    return `Body is too long (maximum is ${LONGEST_BODY} characters)`;
  return undefined;
}
