// What a lesson page does in the browser: tabs, split, answers, worked examples, words explained, and the door to the workbench.

import { keepAnswers } from './answers.ts';
import { resizeSplit } from './split.ts';
import { stepThrough } from './stepper.ts';
import { switchTabs } from './tabs.ts';
import { explainTerms } from './terms.ts';
import { openWorkbenchWhenWanted } from './workbench-door.ts';

const split = document.querySelector<HTMLElement>('[data-lesson]');
if (split !== null) {
  resizeSplit(split);
  const tabs = switchTabs(split);
  openWorkbenchWhenWanted(split, tabs);
  for (const example of split.querySelectorAll<HTMLElement>('[data-stepper]')) stepThrough(example);
  explainTerms();
  void keepAnswers(split.dataset.lesson ?? '');
}
