import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import type { Language } from '../sandbox/machine/words.ts';
import type { Lesson } from './course/written.ts';

declare global {
  namespace App {
    interface Locals {
      /** Set by Starlight on its pages. */
      starlightRoute: StarlightRouteData;
      /** Set on lesson pages. */
      lesson?: LessonPage;
    }
  }
}

/** What the frame of a lesson page knows of its lesson. */
export interface LessonPage extends Lesson {
  readonly language: Language;
  readonly previous?: Lesson;
  readonly next?: Lesson;
  /** The options of each prediction, by its id, as the page is built: the close shows them again. */
  readonly predictions: Map<string, readonly string[]>;
}
