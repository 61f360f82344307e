// What a lesson page does in the browser: tabs, split, answers, and the door to the workbench.

import { keepAnswers } from './answers.ts';
import { resizeSplit } from './split.ts';
import { switchTabs } from './tabs.ts';
import { openWorkbenchWhenWanted } from './workbench-door.ts';

const split = document.querySelector<HTMLElement>('[data-lesson]');
if (split !== null) {
  resizeSplit(split);
  const tabs = switchTabs(split);
  openWorkbenchWhenWanted(split, tabs);
  void keepAnswers(split.dataset.lesson ?? '');
}
