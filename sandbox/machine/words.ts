/** What a learner reads, in every language of the course. */
export interface Words {
  readonly es: string;
  readonly en: string;
}

export type Language = keyof Words;
