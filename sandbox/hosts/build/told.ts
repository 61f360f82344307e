/** Something that a person can mend: its message is shown to them as it stands, without a stack. */
export class Told extends Error {
  override readonly name = 'Told';
}
