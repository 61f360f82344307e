// Times of the simulator, alone in Node: `node tests/bench/world.ts`, and a part of `npm run bench`.
import { companyDays, createWorld, type Scenario } from '../../sandbox/world/index.ts';

const HOUR = 3_600_000;

const queue = (length: number): Scenario => ({
  name: 'M/M/10',
  length,
  services: { web: { concurrency: 10, time: { distribution: 'exponential', mean: 100 } } },
  journeys: { visit: { steps: [{ service: 'web' }] } },
  arrivals: [{ journey: 'visit', pattern: 'poisson', rate: 80 }],
});

/** The best of three: what the machine can do when it does nothing else. */
function measure(scenario: Scenario, scrapeEvery?: number) {
  const runs = [1, 2, 3].map(() => {
    const started = performance.now();
    const before = process.cpuUsage().user;
    const world = createWorld({ scenario, seed: '1' });
    const end = world.now() + (scenario.length ?? 24 * HOUR);
    while (world.now() < end) {
      world.runUntil(Math.min(end, world.now() + (scrapeEvery ?? end)));
      if (scrapeEvery !== undefined) world.scrape();
    }
    const ms = performance.now() - started;
    return { ms, cpu: (process.cpuUsage().user - before) / 1000, events: world.figures().events };
  });
  return runs.reduce((best, run) => (run.ms < best.ms ? run : best));
}

const tell = (name: string, { ms, cpu, events }: ReturnType<typeof measure>): void =>
  console.log(
    `${name}: ${events.toLocaleString('en')} events in ${Math.round(ms)} ms (${Math.round(cpu)} ms of processor), ` +
      `${(events / ms / 1000).toFixed(2)} million a second`,
  );

for (const hours of [1.5, 3, 6, 12, 24]) tell(`M/M/10 for ${hours} h`, measure(queue(hours * HOUR)));
const capacity = { seats: { min: 1, max: 6, load: { target: 0.6 } } };
tell('Friday to its end, one instance', measure(companyDays['friday-1700']));
tell('Friday to its end, a rule by load', measure({ ...companyDays['friday-1700'], capacity }));
tell('  and read by a scraper every 15 s', measure({ ...companyDays['friday-1700'], capacity }, 15_000));
console.log(`memory after all: ${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);
