/** The eight stages of the loop, in order. */
export const stages = ['plan', 'code', 'build', 'test', 'release', 'deploy', 'operate', 'monitor'] as const;

export type Stage = (typeof stages)[number];

/** What each stage hands to the next one; what monitor hands over goes back to plan. */
export const handedOver: Readonly<Record<Stage, string>> = {
  plan: 'plan',
  code: 'commit',
  build: 'artifact',
  test: 'test-report',
  release: 'release',
  deploy: 'deployment',
  operate: 'telemetry',
  monitor: 'feedback',
};

/** What a stage receives: what the one before it hands over. */
export function received(stage: Stage): string {
  const before = stages[(stages.indexOf(stage) + stages.length - 1) % stages.length] as Stage;
  return handedOver[before];
}

export function isStage(name: string): name is Stage {
  return (stages as readonly string[]).includes(name);
}
