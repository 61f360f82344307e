// The luck test below the results: a bar while it runs, then on how many seeds the day passes, and what each failing one looked like.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Lucky } from '../../../sandbox/checks/luck.ts';
import { prose } from '../../lesson/prose.ts';
import { type Bench, tell } from '../bench.ts';
import { checksToTry, isLucky, SEEDS, stopLuck, tryLuck } from '../luck.ts';
import type { Snapshot } from '../parts.ts';
import type { LuckTest, State } from '../store.ts';

export function drawLuck(bench: Bench, state: State): TemplateResult | typeof nothing {
  const { say } = bench;
  const { luck, checking } = state;
  if (checksToTry(bench, state).length === 0) return nothing;
  const runs = luck?.state === 'running';
  return html`<section class="luck" aria-label=${say('luck')}>
    <p>
      <button type="button" class="tool" aria-disabled=${runs || checking.length > 0} @click=${() => runs || checking.length > 0 || tryLuck(bench)}>${say('luckTry', { n: SEEDS })}</button>
      ${runs ? html`<button type="button" class="tool" @click=${() => stopLuck(bench)}>${say('luckStop')}</button>` : nothing}
    </p>
    ${luck === undefined ? html`<p class="hint">${say('luckWhy')}</p>` : nothing}
    ${
      runs
        ? html`<p><progress aria-label=${say('luck')} max=${luck.seeds} value=${luck.done.length}></progress> ${luck.done.length}/${luck.seeds}</p>`
        : nothing
    }
    <p class=${runs ? 'heard' : 'luck-told'} role="status">${luck === undefined ? '' : luckText(bench, luck)}</p>
    ${luck === undefined || runs ? nothing : drawFailing(bench, luck)}
  </section>`;
}

/** While it runs it is said anew at every fifth seed only. */
function luckText({ say }: Bench, { state, seeds, done }: LuckTest): string {
  if (state === 'running') return say('luckRuns', { n: Math.floor(done.length / 5) * 5, of: seeds });
  const failing = done.filter((one) => !isLucky(one)).map(({ seed }) => seed);
  const told = say('luckPassed', { n: done.length - failing.length, of: done.length });
  const failed = failing.length === 0 ? [] : [say('luckFailed', { seeds: failing.join(', ') })];
  return [...(state === 'stopped' ? [say('luckStopped')] : []), told, ...failed].join(' ');
}

function drawFailing(bench: Bench, { done }: LuckTest): TemplateResult | typeof nothing {
  const failing = done.filter((one) => !isLucky(one));
  if (failing.length === 0) return nothing;
  return html`<ul class="luck-seeds">${failing.map((lucky) => html`<li>${drawSeed(bench, lucky)}</li>`)}</ul>`;
}

function drawSeed(bench: Bench, lucky: Lucky<Snapshot>): TemplateResult {
  const { say, exercise, language } = bench;
  const goals = new Map(exercise.steps.flatMap(({ checks }) => checks.map(({ id, goal }) => [id, goal[language]])));
  return html`<strong>${say('luckSeed', { n: lucky.seed })}</strong>
    <ul>${lucky.results
      .filter(({ outcome }) => outcome !== 'passed')
      .map((result) => {
        const found = result.outcome === 'failed' ? result.verdict.found[language] : say('goalUnfinished');
        const seen = lucky.seen.filter(({ check }) => check === result.id);
        return html`<li>${prose(goals.get(result.id) ?? result.id)}: ${prose(found)}
          ${seen.map((one) => {
            const name = 'run' in one ? one.run.day : say('luckMorning');
            return html`<button type="button" class="plain-link" aria-haspopup="dialog" @click=${() => open(bench, lucky.seed, one)}>${say('luckOpen', { name })}</button> `;
          })}
        </li>`;
      })}</ul>`;
}

async function open(bench: Bench, seed: string, seen: Lucky<Snapshot>['seen'][number]): Promise<void> {
  try {
    const { showSeen } = await import('../replay/seen.ts');
    showSeen(bench, seed, seen);
  } catch {
    tell(bench, bench.say('replayBroke'), 'bad');
  }
}
